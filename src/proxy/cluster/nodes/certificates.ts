import type { ClusterTrust } from "../../../contract/clusterAccess.ts";
import { dayMs } from "../../../upgrade/duration.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { hostOf } from "./disagreement.ts";

/** From when to when a certificate that an address has shown is valid; not a number where its dates can't be read. */
export type Certificate = { readonly url: string; readonly from: EpochMs; readonly to: EpochMs };

/** What is worth knowing of the certificates of a cluster that are trusted all the same. */
export type CertificateRemarks = {
  readonly "certificate-expires": string | null;
  readonly "certificate-not-valid": string | null;
};

const nothing: CertificateRemarks = { "certificate-expires": null, "certificate-not-valid": null };

const earlyMs = 30 * dayMs;
const urgentMs = 7 * dayMs;

/** What to say of certificates that end soon, have ended, or have not begun; the state of the cluster is not affected. */
export function certificateRemarks(
  certificates: readonly Certificate[],
  trust: ClusterTrust["kind"],
  now: EpochMs,
): CertificateRemarks {
  // Asked at every poll, and hardly ever is there anything to say.
  if (!certificates.some(({ from, to }) => from > now || to - now <= earlyMs)) {
    return nothing;
  }
  const early = certificates.filter(({ from }) => from > now);
  const ended = certificates.filter(({ to }) => to <= now);
  const soon = certificates
    .filter(({ to }) => to > now && to - now <= earlyMs)
    .sort((one, other) => one.to - other.to);
  const expiry = soon.map((one) => expiryWords(one, now));
  const invalid = [
    ...ended.map(({ url, to }) => `The certificate of ${hostOf(url)} expired on ${dayOf(to)}.`),
    ...early.map(
      ({ url, from }) => `The certificate of ${hostOf(url)} is not valid before ${dayOf(from)}.`,
    ),
  ];
  return {
    "certificate-expires": firstOf(expiry),
    "certificate-not-valid":
      invalid.length === 0 ? null : `${firstOf(invalid)} ${whyTrusted[trust]}`,
  };
}

/** One sentence, and how many like it there are. */
function firstOf(sentences: readonly string[]): string | null {
  const [first, ...others] = sentences;
  return first === undefined || others.length === 0
    ? (first ?? null)
    : `${first} The same goes for ${others.length} more of its nodes.`;
}

function expiryWords(
  { url, to }: { readonly url: string; readonly to: EpochMs },
  now: EpochMs,
): string {
  const days = Math.floor((to - now) / dayMs);
  const left = days === 0 ? "in less than a day" : days === 1 ? "in 1 day" : `in ${days} days`;
  const facts = `The certificate of ${hostOf(url)} expires ${left}, on ${dayOf(to)}`;
  return to - now <= urgentMs ? `${facts}: replace it now.` : `${facts}.`;
}

const whyTrusted = {
  fingerprint: "It is trusted all the same, for it is pinned.",
  insecure: "It is taken all the same, for certificates are not checked.",
  system: "The next connection will be refused.",
  "ca-file": "The next connection will be refused.",
} as const satisfies Record<ClusterTrust["kind"], string>;

function dayOf(epochMs: EpochMs): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}
