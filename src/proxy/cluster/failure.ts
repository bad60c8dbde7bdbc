import { errors } from "undici";
import type { Failure, FailureKind } from "../../upgrade/observation.ts";
import { codeOf } from "../errorCode.ts";

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
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: [
    "invalid",
    "The reply's length is not what its headers say",
  ],
  UND_ERR_HEADERS_OVERFLOW: ["invalid", "The reply's headers are too long"],
  ETIMEDOUT: ["timeout", "No connection within the time allowed"],
  EPROTO: ["tls", "The TLS handshake failed"],
  ERR_SSL_WRONG_VERSION_NUMBER: ["tls", "This is not TLS: plain HTTP or another protocol answers"],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ["tls", "This is not TLS: another protocol answers"],
  ERR_SSL_UNSUPPORTED_PROTOCOL: ["tls", "The peer's version of TLS is older than 1.2"],
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: ["tls", "The peer's version of TLS is older than 1.2"],
};

/** A peer that is not trusted, in words for people. */
export class TrustError extends Error {
  override readonly name = "TrustError";
}

/** A connection or its handshake that took too long. */
export class ConnectTimeoutError extends Error {
  override readonly name = "ConnectTimeoutError";
  readonly code = "ETIMEDOUT";
}

/** Says of a thrown error what failed, without repeating anything that a peer could have put there. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TrustError) {
    return { kind: "tls", message: error.message, trust: true };
  }
  const code = tellingCodeOf(error);
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
  // Its own message and data hold pieces of what came.
  if (error instanceof errors.HTTPParserError) {
    return { kind: "invalid", message: "The reply is not proper HTTP." };
  }
  return { kind: "reset", message: `The exchange failed (${code || "no reason given"}).` };
}

/** The code that tells most: an error of the HTTP library, or of several addresses, may only wrap the one that does. */
function tellingCodeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return "";
  }
  const own = codeOf(error);
  // A name with several addresses fails with all their errors at once; the first one tells.
  if (own === "" && error instanceof AggregateError) {
    return tellingCodeOf(error.errors[0]);
  }
  return own === "UND_ERR_SOCKET" && error.cause !== undefined
    ? tellingCodeOf(error.cause) || own
    : own;
}
