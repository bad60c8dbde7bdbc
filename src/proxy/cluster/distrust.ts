import { shortText } from "../../contract/clusterText.ts";
import type { ClusterTrust } from "../../contract/clusterAccess.ts";

/** What a peer showed in its TLS handshake. */
export type Peer = {
  /** Whether the system's or the configured CAs vouch for it, under the name that was asked for. */
  readonly authorized: boolean;
  /** The code of OpenSSL or Node where they do not. */
  readonly reason: string;
  /** The certificate's SHA-256, e.g. `AB:CD:…`; empty when there was no certificate. */
  readonly fingerprint256: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** The names it is made out to, e.g. `DNS:qumulo.local, IP Address:10.0.0.1`. */
  readonly names: string;
};

const longestNames = 120;

/**
 * Why a peer is not trusted, in words that say what to do; null when it is. Decides before a byte of ours is sent.
 */
export function distrustOf(trust: ClusterTrust, peer: Peer): string | null {
  switch (trust.kind) {
    case "insecure":
      return null;
    case "fingerprint":
      return pinDistrust(trust.sha256, peer.fingerprint256);
    case "system":
    case "ca-file":
      return peer.authorized ? null : chainDistrust(peer);
  }
}

function pinDistrust(pins: readonly string[], presented: string): string | null {
  if (presented !== "" && pins.includes(presented)) {
    return null;
  }
  const pinned = pins.join(" or ");
  return `The certificate changed: pinned is ${pinned}, presented was ${presented || "none"}. If it was replaced on purpose, verify the new one by another way, then set it as tls.fingerprint256, or both as a list while nodes change over.`;
}

function chainDistrust({ reason, fingerprint256, validFrom, validTo, names }: Peer): string {
  const advice = `It presented SHA-256 ${fingerprint256 || "none"}: compare that with the cluster's own by another way, then set it as tls.fingerprint256, or name its issuer in tls.caFile.`;
  switch (reason) {
    case "CERT_HAS_EXPIRED":
      return `The certificate expired on ${dateOf(validTo)}.`;
    case "CERT_NOT_YET_VALID":
      return `The certificate is not valid before ${dateOf(validFrom)}.`;
    case "CERT_REVOKED":
      return "The certificate was revoked.";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `The certificate is made out to another name (${shortText(names, longestNames) || "none"}): set tls.serverName, or pin its SHA-256 ${fingerprint256} as tls.fingerprint256.`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return `The certificate is self-signed and not trusted. ${advice}`;
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return `The certificate's issuer is not trusted. ${advice}`;
    default:
      return `The certificate is not trusted (${shortText(reason, 60) || "no reason given"}). ${advice}`;
  }
}

/** The day of OpenSSL's `Jan  1 00:00:00 2020 GMT`. */
export function dateOf(text: string): string {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? "an unknown date" : new Date(epochMs).toISOString().slice(0, 10);
}
