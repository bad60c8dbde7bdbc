import { X509Certificate } from "node:crypto";
import { generate } from "selfsigned";

/** A self-signed certificate with its key, both PEM, and its SHA-256 fingerprint (`AA:BB:…`). */
export type Certificate = {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly fingerprint256: string;
};

/** Makes a self-signed certificate for loopback, as a cluster has one out of the box. */
export async function makeCertificate(commonName: string): Promise<Certificate> {
  const pems = await generate([{ name: "commonName", value: commonName }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "127.0.0.2" },
          { type: 7, ip: "127.0.0.3" },
        ],
      },
    ],
  });
  const { fingerprint256 } = new X509Certificate(pems.cert);
  return { certificatePem: pems.cert, keyPem: pems.private, fingerprint256 };
}
