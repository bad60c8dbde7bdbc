import { nodeAddress } from "../../contract/configurationHosts.ts";
import { shortText } from "../../contract/clusterText.ts";
import { dateOf } from "../cluster/distrust.ts";
import { fetchFingerprint, type Presented } from "../cluster/trust.ts";
import { type Command, readArguments, refused } from "./command.ts";

const helpText = `upgrade-watch pin https://10.20.0.11:8000

Prints the fingerprint of the certificate that an address presents, so that it can be compared with the cluster's own
by another way and then pinned. Nothing is sent but a TLS handshake: no token, no request.

Exit codes: 0 printed, 1 no certificate was presented, 2 the address can't be used.
`;

const waitMs = 10_000;
const longestName = 200;

/** `pin URL`: prints a certificate's fingerprint. */
export const pin: Command = async (argv, tools) => {
  const given = readArguments(argv, []);
  if (given.kind === "help") {
    tools.out(helpText);
    return 0;
  }
  if (given.kind === "faults") {
    return refused(given.faults, tools);
  }
  const [address, ...others] = given.words;
  if (address === undefined || others.length > 0) {
    return refused(["Name one address, such as upgrade-watch pin https://10.20.0.11:8000."], tools);
  }
  const read = nodeAddress.safeParse(address.includes("://") ? address : `https://${address}`);
  if (!read.success) {
    const allowed = read.error.issues[0]?.message ?? "an https address";
    return refused([`${JSON.stringify(address)} can't be asked; allowed is ${allowed}.`], tools);
  }
  const presented = await fetchFingerprint(read.data, waitMs);
  if (!presented.ok) {
    tools.error(`${read.data} presented no certificate: ${presented.failure.message}\n`);
    return 1;
  }
  tools.out(report(read.data, presented));
  return 0;
};

function report(url: string, certificate: Extract<Presented, { ok: true }>): string {
  const { fingerprint256, names, subject, issuer, validFrom, validTo } = certificate;
  const made = [subject, names].filter((name) => name !== "").join("; ");
  const by = issuer === subject ? "itself (self-signed)" : issuer;
  return `${url} presents this certificate:

  SHA-256      ${fingerprint256}
  Made out to  ${safe(made)}
  Issued by    ${safe(by)}
  Valid        ${dateOf(validFrom)} to ${dateOf(validTo)}

Whoever stands between here and the cluster could have presented it. Before you trust it, compare the fingerprint with
the one that the cluster has itself, by another way, for instance on the console of one of its nodes:

  openssl s_client -connect localhost:8000 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256

If the two are equal, pin it in the configuration file:

  tls: { fingerprint256: "${fingerprint256}" }

or on the command line:

  --cluster ${url} --fingerprint ${fingerprint256}
`;
}

/** What a stranger wrote into a certificate must not steer a terminal. */
function safe(text: string): string {
  return shortText(text, longestName) || "—";
}
