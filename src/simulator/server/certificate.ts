import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { generate } from "selfsigned";
import type { EpochMs } from "../../upgrade/status.ts";

/** A self-signed certificate with its key, both PEM, and its SHA-256 fingerprint (`AA:BB:…`). */
export type Certificate = {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly fingerprint256: string;
};

/** What a certificate says, where that is not the usual. */
export type CertificateFacts = {
  /** The names and IP addresses that it is for; loopback and `qumulo.local` when left out. */
  readonly hosts?: readonly string[];
  /** Now, when left out. */
  readonly notBefore?: EpochMs;
  /** A year after its beginning, when left out. */
  readonly notAfter?: EpochMs;
};

const usualHosts = ["localhost", "qumulo.local", "127.0.0.1", "127.0.0.2", "127.0.0.3"];

/** Makes a self-signed certificate, as a cluster has one out of the box. */
export async function makeCertificate(facts: CertificateFacts = {}): Promise<Certificate> {
  const { hosts = usualHosts, notBefore, notAfter } = facts;
  const altNames = hosts.map((host) =>
    isIP(host) === 0 ? ({ type: 2, value: host } as const) : ({ type: 7, ip: host } as const),
  );
  const pems = await generate([{ name: "commonName", value: "qumulo.local" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames },
    ],
    ...(notBefore === undefined ? {} : { notBeforeDate: new Date(notBefore) }),
    ...(notAfter === undefined ? {} : { notAfterDate: new Date(notAfter) }),
  });
  const { fingerprint256 } = new X509Certificate(pems.cert);
  return { certificatePem: pems.cert, keyPem: pems.private, fingerprint256 };
}
