import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distrustOf, type Peer } from "./distrust.ts";

const peer: Peer = {
  authorized: false,
  reason: "DEPTH_ZERO_SELF_SIGNED_CERT",
  fingerprint256: "AB:CD",
  validFrom: "Nov 23 00:00:00 2026 GMT",
  validTo: "Jan  1 00:00:00 2020 GMT",
  names: "DNS:qumulo.local",
};
const system = { kind: "system", serverName: null } as const;

describe("why a peer is not trusted", () => {
  it.each<[string, Partial<Peer>, RegExp]>([
    ["self-signed", {}, /self-signed.*AB:CD.*tls\.fingerprint256.*tls\.caFile/],
    ["unknown issuer", { reason: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, /issuer.*AB:CD/],
    ["expired", { reason: "CERT_HAS_EXPIRED" }, /expired on 2020-01-01/],
    ["too early", { reason: "CERT_NOT_YET_VALID" }, /not valid before 2026-11-23/],
    ["revoked", { reason: "CERT_REVOKED" }, /revoked/],
    ["another name", { reason: "ERR_TLS_CERT_ALTNAME_INVALID" }, /qumulo\.local.*tls\.serverName/],
    ["anything else", { reason: "CERT_CHAIN_TOO_LONG" }, /CERT_CHAIN_TOO_LONG.*AB:CD/],
    ["no reason at all", { reason: "" }, /not trusted/],
    ["a date that is none", { reason: "CERT_HAS_EXPIRED", validTo: "?" }, /an unknown date/],
  ])("is told: %s", (_, change, words) => {
    expect(distrustOf(system, { ...peer, ...change })).toMatch(words);
  });

  it("shows nothing invisible or endless of what a peer put into its certificate", () => {
    const names = `\u202eDNS:${"x".repeat(5000)}`;
    const message = distrustOf(system, {
      ...peer,
      reason: "ERR_TLS_CERT_ALTNAME_INVALID",
      names,
    });
    expect(message).not.toContain("\u202e");
    expect(message?.length).toBeLessThan(400);
  });

  it("is nothing where a CA vouches for it", () => {
    expect(distrustOf(system, { ...peer, authorized: true, reason: "" })).toBeNull();
  });

  it("is nothing for one of the pins alone, whatever a CA says", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), fc.boolean(), (sha256, shown, authorized) => {
        const trust = { kind: "fingerprint", sha256 } as const;
        const distrust = distrustOf(trust, { ...peer, authorized, fingerprint256: shown });
        expect(distrust === null).toBe(shown !== "" && sha256.includes(shown));
      }),
    );
  });

  it("is never nothing without a certificate, even where an empty pin was given", () => {
    const trust = { kind: "fingerprint", sha256: [""] } as const;
    expect(distrustOf(trust, { ...peer, fingerprint256: "" })).toContain("presented was none");
  });
});
