import { X509Certificate } from "node:crypto";
import { generate } from "selfsigned";

/** A self-signed certificate with its key, both PEM. */
export type TestCertificate = {
  readonly cert: string;
  readonly key: string;
  readonly fingerprint256: string;
};

/** Makes a certificate for loopback, valid now; or for other names and days. */
export async function makeTestCertificate({
  names = ["localhost"],
  addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"],
  from,
  to,
}: {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
} = {}): Promise<TestCertificate> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "cluster" }], {
    keyType: "ec",
    algorithm: "sha256",
    ...(from === undefined ? {} : { notBeforeDate: from }),
    ...(to === undefined ? {} : { notAfterDate: to }),
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { cert, key, fingerprint256: new X509Certificate(cert).fingerprint256 };
}
