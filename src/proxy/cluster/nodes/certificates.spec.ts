import { describe, expect, it } from "vitest";
import { type Certificate, certificateRemarks } from "./certificates.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

/** As OpenSSL writes its dates. */
const certificate = (
  validTo: string,
  host = "10.0.0.11",
  validFrom = "Jan  1 00:00:00 2026 GMT",
): Certificate => ({
  url: `https://${host}:8000`,
  from: Date.parse(validFrom),
  to: Date.parse(validTo),
});

const remarks = (...certificates: Certificate[]) =>
  certificateRemarks(certificates, "fingerprint", now);

describe("what is said of certificates", () => {
  it("is nothing while they last, or where their dates can't be read", () => {
    const nothing = { "certificate-expires": null, "certificate-not-valid": null };
    expect(remarks(certificate("Dec 24 12:00:00 2026 GMT"), certificate("soon"))).toEqual(nothing);
    expect(remarks()).toEqual(nothing);
  });

  it("is mild from the thirtieth day on, and urgent from the seventh", () => {
    const said = (validTo: string) => remarks(certificate(validTo))["certificate-expires"];
    expect(said("Dec 23 12:00:00 2026 GMT")).toBe(
      "The certificate of 10.0.0.11:8000 expires in 30 days, on 2026-12-23.",
    );
    expect(said("Nov 30 12:00:01 2026 GMT")).toBe(
      "The certificate of 10.0.0.11:8000 expires in 7 days, on 2026-11-30.",
    );
    expect(said("Nov 30 12:00:00 2026 GMT")).toBe(
      "The certificate of 10.0.0.11:8000 expires in 7 days, on 2026-11-30: replace it now.",
    );
    expect(said("Nov 24 14:00:00 2026 GMT")).toContain("expires in 1 day, on");
    expect(said("Nov 23 14:00:00 2026 GMT")).toContain("expires in less than a day, on");
  });

  it("names the one that ends first, and counts the others", () => {
    const two = [
      certificate("Dec 10 00:00:00 2026 GMT", "10.0.0.11"),
      certificate("Dec  1 00:00:00 2026 GMT", "10.0.0.12"),
    ];
    expect(remarks(...two)["certificate-expires"]).toBe(
      "The certificate of 10.0.0.12:8000 expires in 7 days, on 2026-12-01. The same goes for 1 more of its nodes.",
    );
  });

  it("is why one that has ended or not begun is taken all the same", () => {
    const ended = certificate("Nov 23 12:00:00 2026 GMT");
    expect(remarks(ended)).toEqual({
      "certificate-expires": null,
      "certificate-not-valid":
        "The certificate of 10.0.0.11:8000 expired on 2026-11-23. It is trusted all the same, for it is pinned.",
    });
    const early = certificate("Jan  1 00:00:00 2030 GMT", "10.0.0.12", "Jan  1 00:00:00 2027 GMT");
    const said = certificateRemarks([early], "insecure", now)["certificate-not-valid"];
    expect(said).toBe(
      "The certificate of 10.0.0.12:8000 is not valid before 2027-01-01. It is taken all the same, for certificates are not checked.",
    );
  });
});
