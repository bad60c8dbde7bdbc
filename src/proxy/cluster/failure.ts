import type { Failure, FailureKind } from "../../upgrade/observation.ts";

/** Codes of Node and OpenSSL for a certificate that is not trusted. */
const trustCodes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "The certificate is self-signed and not trusted.",
  SELF_SIGNED_CERT_IN_CHAIN: "The certificate chain ends in one that is not trusted.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The certificate's issuer is not trusted.",
  UNABLE_TO_GET_ISSUER_CERT: "The certificate's issuer is not known.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "The certificate's issuer is not trusted.",
  CERT_HAS_EXPIRED: "The certificate has expired.",
  CERT_NOT_YET_VALID: "The certificate is not valid yet.",
  CERT_REVOKED: "The certificate was revoked.",
  CERT_UNTRUSTED: "The certificate is not trusted.",
  CERT_SIGNATURE_FAILURE: "The certificate's signature is wrong.",
  CERT_REJECTED: "The certificate was rejected.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "The certificate is made out to another name: set tls.serverName, or pin its fingerprint.",
};

const kindsByCode: Readonly<Record<string, readonly [FailureKind, string]>> = {
  ECONNREFUSED: ["refused", "The connection was refused"],
  EHOSTUNREACH: ["refused", "The host can't be reached"],
  ENETUNREACH: ["refused", "The network can't be reached"],
  EHOSTDOWN: ["refused", "The host is down"],
  ENOTFOUND: ["dns", "The name was not found"],
  EAI_AGAIN: ["dns", "The name could not be looked up"],
  ECONNRESET: ["reset", "The connection was cut"],
  EPIPE: ["reset", "The connection was cut"],
  UND_ERR_SOCKET: ["reset", "The connection was cut"],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ["reset", "The reply was cut off"],
  UND_ERR_CONNECT_TIMEOUT: ["timeout", "No connection within the time allowed"],
  UND_ERR_HEADERS_TIMEOUT: ["timeout", "No answer within the time allowed"],
  UND_ERR_BODY_TIMEOUT: ["timeout", "The reply did not end within the time allowed"],
  UND_ERR_HEADERS_OVERFLOW: ["invalid", "The reply's headers are too long"],
  ETIMEDOUT: ["timeout", "No connection within the time allowed"],
  EPROTO: ["tls", "This is not TLS, or a version of it that is too old"],
};

/** A certificate that is not the pinned one. */
export class PinMismatchError extends Error {
  override readonly name = "PinMismatchError";

  constructor(expected: readonly string[], presented: string) {
    super(
      `The certificate changed: pinned ${expected.join(" or ")}, presented ${presented}. Verify it by another way before pinning the new one.`,
    );
  }
}

/** Says of a thrown error what failed, without repeating anything that a peer could have put there. */
export function failureOf(error: unknown): Failure {
  if (error instanceof PinMismatchError) {
    return { kind: "tls", message: error.message, trust: true };
  }
  const code = codeOf(error);
  const distrust = trustCodes[code];
  if (distrust !== undefined) {
    return { kind: "tls", message: distrust, trust: true };
  }
  const known = kindsByCode[code];
  if (error instanceof Error && /before secure TLS connection/.test(error.message)) {
    return { kind: "tls", message: "The TLS handshake was broken off." };
  }
  if (known !== undefined) {
    return { kind: known[0], message: `${known[1]}.` };
  }
  if (/^(ERR_SSL|ERR_TLS)_/.test(code)) {
    return { kind: "tls", message: `The TLS handshake failed (${code}).` };
  }
  if (code.startsWith("HPE_")) {
    return { kind: "invalid", message: `The reply is not proper HTTP (${code}).` };
  }
  return { kind: "reset", message: `The exchange failed (${code || "no reason given"}).` };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return "";
  }
  const own = "code" in error && typeof error.code === "string" ? error.code : "";
  // A name with several addresses fails with all their errors at once; the first one tells.
  if (own === "" && error instanceof AggregateError) {
    return codeOf(error.errors[0]);
  }
  return own === "UND_ERR_SOCKET" && error.cause !== undefined ? codeOf(error.cause) || own : own;
}
