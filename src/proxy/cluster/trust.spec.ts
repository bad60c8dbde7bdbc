import type { Socket } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ClusterTrust } from "../../contract/clusterAccess.ts";
import { fetchFingerprint } from "./trust.ts";
import { makeTestCertificate, type TestCertificate } from "./testing/certificates.ts";
import {
  type FaultServer,
  sendJson,
  startFaultServer,
  startPlainServer,
  startSocketServer,
} from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig, shortMs } from "./testing/rig.ts";

const dayMs = 24 * 60 * 60 * 1000;
const longAgo = new Date("2020-01-01T00:00:00Z");

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

const serveWith = async (certificate: TestCertificate): Promise<FaultServer> => {
  const server = await startFaultServer(certificate, sendJson(idle));
  rig.later(server.close);
  return server;
};

/** Polls with a token and by this trust; the token must not get through where the peer is not trusted. */
async function pollWith(server: FaultServer, trust: ClusterTrust) {
  const path = await rig.fileWith("access-v1:canary");
  const cluster = rig.open([server.url], { auth: { kind: "token-file", path }, trust });
  return cluster.pollStatus(patientMs);
}

async function expectDistrust(server: FaultServer, trust: ClusterTrust): Promise<string> {
  const poll = await pollWith(server, trust);
  expect(poll.outcome).toMatchObject({
    kind: "failure",
    trust: true,
    failure: { kind: "tls", trust: true },
  });
  expect(server.tokens()).toEqual([]);
  expect(server.seen).toEqual([]);
  return messageOf(poll);
}

describe("a pinned certificate", () => {
  it("is trusted whatever its name, issuer and date", async () => {
    const to = new Date(longAgo.getTime() + dayMs);
    const certificate = await makeTestCertificate({
      names: ["x"],
      addresses: [],
      from: longAgo,
      to,
    });
    const server = await serveWith(certificate);
    const trust = { kind: "fingerprint", sha256: [certificate.fingerprint256] } as const;
    expect(kindOf(await pollWith(server, trust))).toBe("ok");
    expect(server.tokens()).toHaveLength(1);
  });

  it.each([
    [-400, -300, "certificate-not-valid", /expired on .* for it is pinned\.$/],
    [10, 20, "certificate-not-valid", /is not valid before .* for it is pinned\.$/],
    [-400, 29, "certificate-expires", /expires in 29 days, on \d{4}-\d\d-\d\d\.$/],
    [-400, 5, "certificate-expires", /expires in 5 days, .*: replace it now\.$/],
  ] as const)("gives notice of its dates: day %d to day %d", async (first, last, code, words) => {
    const certificate = await makeTestCertificate({
      from: new Date(rig.now() + first * dayMs),
      to: new Date(rig.now() + last * dayMs),
    });
    const server = await serveWith(certificate);
    const trust = { kind: "fingerprint", sha256: [certificate.fingerprint256] } as const;
    const cluster = rig.open([server.url], { trust });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(cluster.remarks()[code]).toMatch(words);
  });

  it("may be one of two while it is replaced", async () => {
    const server = await serveWith(rig.certificate);
    const sha256 = ["AA:BB", rig.certificate.fingerprint256];
    expect(kindOf(await pollWith(server, { kind: "fingerprint", sha256 }))).toBe("ok");
  });

  it("keeps the token from an impostor, and shows the old and the new fingerprint", async () => {
    const impostor = await makeTestCertificate();
    const message = await expectDistrust(await serveWith(impostor), {
      kind: "fingerprint",
      sha256: [rig.certificate.fingerprint256],
    });
    expect(message).toContain(rig.certificate.fingerprint256);
    expect(message).toContain(impostor.fingerprint256);
    expect(message).toContain("set it as tls.fingerprint256, or both as a list");
  });

  it("is shown again on every new connection", async () => {
    const server = await rig.serve(sendJson(idle));
    server.behave((response, request, seen) => {
      response.setHeader("connection", "close");
      sendJson(idle)(response, request, seen);
    });
    const cluster = rig.open([server.url]);
    for (const _ of [1, 2, 3]) {
      expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    }
    expect(server.connections()).toBe(3);
  });
});

describe("a certificate that CAs must vouch for", () => {
  const system = { kind: "system", serverName: null } as const;

  it("is refused where it is self-signed, with its fingerprint and how to pin it", async () => {
    const message = await expectDistrust(await serveWith(rig.certificate), system);
    expect(message).toContain("self-signed");
    expect(message).toContain(rig.certificate.fingerprint256);
    expect(message).toContain("tls.fingerprint256");
  });

  it("is trusted by its CA file, under its own address or a name that is given", async () => {
    const path = await rig.fileWith(rig.certificate.cert);
    const server = await serveWith(rig.certificate);
    for (const serverName of [null, "localhost"]) {
      expect(kindOf(await pollWith(server, { kind: "ca-file", path, serverName }))).toBe("ok");
    }
  });

  it("is refused under another name, on every connection", async () => {
    const certificate = await makeTestCertificate({ names: ["qumulo.local"], addresses: [] });
    const path = await rig.fileWith(certificate.cert);
    const server = await serveWith(certificate);
    const wrong = { kind: "ca-file", path, serverName: null } as const;
    const message = await expectDistrust(server, wrong);
    expect(message).toContain("qumulo.local");
    expect(message).toContain("tls.serverName");
    const right = { ...wrong, serverName: "qumulo.local" };
    expect(kindOf(await pollWith(server, right))).toBe("ok");
    const cluster = rig.open([server.url], { trust: wrong });
    await cluster.pollStatus(patientMs);
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("tls");
  });

  it("is refused after its last day, and before its first", async () => {
    const expired = await makeTestCertificate({
      from: longAgo,
      to: new Date(longAgo.getTime() + 31 * dayMs),
    });
    const early = await makeTestCertificate({
      from: new Date(Date.now() + 10 * dayMs),
      to: new Date(Date.now() + 20 * dayMs),
    });
    const messages = await Promise.all(
      [expired, early].map(async (certificate) => {
        const path = await rig.fileWith(certificate.cert);
        const server = await serveWith(certificate);
        return expectDistrust(server, { kind: "ca-file", path, serverName: null });
      }),
    );
    expect(messages[0]).toBe("The certificate expired on 2020-02-01.");
    expect(messages[1]).toMatch(/^The certificate is not valid before \d{4}-\d\d-\d\d\.$/);
  });

  it.each([
    ["is not there", null],
    ["is no PEM", "hello"],
    ["is damaged", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
  ])("is refused when the CA file %s", async (_, content) => {
    const path = content === null ? "/nowhere/ca.pem" : await rig.fileWith(content);
    const server = await serveWith(rig.certificate);
    const message = await expectDistrust(server, { kind: "ca-file", path, serverName: null });
    expect(message).not.toBe("");
  });
});

describe("a certificate that nobody checks", () => {
  it("is taken only where that was said, and its dates are told", async () => {
    const to = new Date(rig.now() + dayMs);
    const server = await serveWith(await makeTestCertificate({ from: longAgo, to }));
    expect(kindOf(await pollWith(server, { kind: "insecure" }))).toBe("ok");
    const cluster = rig.open([server.url], { trust: { kind: "insecure" } });
    await cluster.pollStatus(patientMs);
    expect(cluster.remarks()["certificate-expires"]).toContain("expires in 1 day");
  });
});

describe("what is no proper TLS", () => {
  /** A broken handshake may be a node that boots, so it is no matter of trust. */
  async function expectNoTls(server: FaultServer): Promise<string> {
    rig.later(server.close);
    const poll = await pollWith(server, { kind: "insecure" });
    expect(poll.outcome).toMatchObject({ trust: false, failure: { kind: "tls" } });
    expect(server.seen).toEqual([]);
    return messageOf(poll);
  }

  it("is not spoken to where it is plain HTTP", async () => {
    const message = await expectNoTls(await startPlainServer(sendJson(idle)));
    expect(message).toContain("This is not TLS");
  });

  it("is a handshake that breaks off", async () => {
    const server = await startSocketServer((socket) => {
      socket.once("data", () => socket.end());
    });
    expect(await expectNoTls(server)).toContain("handshake");
  });

  it("is a version before 1.2", async () => {
    const server = await startFaultServer(rig.certificate, sendJson(idle), {
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    expect(await expectNoTls(server)).toBe("The peer's version of TLS is older than 1.2.");
  });

  it("is given up at the poll's own deadline, not at that of the connection", async () => {
    const server = await startSocketServer(() => undefined);
    rig.later(server.close);
    // The patient one begins first, and ends when its connection takes too long.
    const patient = rig.open([server.url]).pollStatus(patientMs);
    const hasty = rig.open([server.url]).pollStatus(shortMs);
    const first = await Promise.race([patient, hasty]);
    expect(messageOf(first)).toBe("No answer within 0.3 s.");
  });

  it("is given up when the program stops, and its connection with it", async () => {
    const sockets: Socket[] = [];
    const server = await startSocketServer((socket) => sockets.push(socket.resume()));
    rig.later(server.close);
    // The patient one begins first, and ends when its connection takes too long.
    const patient = rig.open([server.url]).pollStatus(patientMs);
    await expect.poll(() => sockets.length).toBe(1);
    const stopping = rig.open([server.url]);
    const poll = stopping.pollStatus(patientMs);
    await expect.poll(() => sockets.length).toBe(2);
    const closed = new Promise((resolve) => sockets[1]?.once("close", resolve));
    await stopping.close();
    const stopped = Promise.all([poll, closed]).then(() => "stopped");
    expect(await Promise.race([patient.then(() => "patient"), stopped])).toBe("stopped");
  });
});

describe("a fingerprint that is asked for", () => {
  it("is that of the certificate presented, and no request is sent", async () => {
    const server = await serveWith(rig.certificate);
    expect(await fetchFingerprint(server.url, patientMs)).toMatchObject({
      ok: true,
      fingerprint256: rig.certificate.fingerprint256,
    });
    expect(server.seen).toEqual([]);
  });

  it("is not waited for longer than was said", async () => {
    const server = await startSocketServer(() => undefined);
    rig.later(server.close);
    expect(await fetchFingerprint(server.url, shortMs)).toMatchObject({
      ok: false,
      failure: { kind: "timeout" },
    });
  });

  it("is a failure in words where nothing answers", async () => {
    const server = await serveWith(rig.certificate);
    await server.close();
    expect(await fetchFingerprint(server.url, patientMs)).toEqual({
      ok: false,
      failure: { kind: "refused", message: "The connection was refused." },
    });
  });
});
