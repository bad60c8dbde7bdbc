import { describe, expect, it } from "vitest";
import { errors } from "undici";
import { ConnectTimeoutError, failureOf, TrustError } from "./failure.ts";

const withCode = (code: string, message = "canary"): Error =>
  Object.assign(new Error(message), { code });

describe("what an error means", () => {
  it.each([
    ["ECONNREFUSED", "refused"],
    ["EHOSTUNREACH", "refused"],
    ["ENETUNREACH", "refused"],
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["ECONNRESET", "reset"],
    ["EPIPE", "reset"],
    ["UND_ERR_SOCKET", "reset"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "invalid"],
    ["UND_ERR_DESTROYED", "reset"],
    ["ETIMEDOUT", "timeout"],
    ["EPROTO", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tls"],
    ["ERR_SSL_ANYTHING_ELSE", "tls"],
    ["UND_ERR_HEADERS_OVERFLOW", "invalid"],
    ["NEVER_HEARD_OF", "reset"],
    ["", "reset"],
  ])("%s is %s, and no matter of trust", (code, kind) => {
    const failure = failureOf(withCode(code));
    expect(failure.kind).toBe(kind);
    expect(failure.trust).toBeUndefined();
    expect(failure.message).not.toContain("canary");
  });

  it("is distrust where the peer is not trusted, in its own words", () => {
    expect(failureOf(new TrustError("The certificate changed."))).toEqual({
      kind: "tls",
      message: "The certificate changed.",
      trust: true,
    });
  });

  it("is a timeout where a connection took too long", () => {
    expect(failureOf(new ConnectTimeoutError()).kind).toBe("timeout");
  });

  it("is invalid where it is no HTTP, and its words are not repeated", () => {
    const failure = failureOf(new errors.HTTPParserError("canary"));
    expect(failure).toEqual({ kind: "invalid", message: "The reply is not proper HTTP." });
  });

  it("is told by the cause of a socket's end", () => {
    const error = Object.assign(withCode("UND_ERR_SOCKET"), { cause: withCode("ECONNREFUSED") });
    expect(failureOf(error).kind).toBe("refused");
  });

  it("is that of the first address where a name has several", () => {
    const error = new AggregateError([withCode("ECONNREFUSED"), withCode("ENETUNREACH")]);
    expect(failureOf(error).kind).toBe("refused");
  });

  it("is told of a handshake that breaks off", () => {
    const words = "Client network socket disconnected before secure TLS connection was established";
    expect(failureOf(withCode("ECONNRESET", words)).kind).toBe("tls");
  });

  it.each([["text"], [null], [undefined], [7], [{ code: "ECONNREFUSED" }]])(
    "is found even for %j, which is no error",
    (thrown) => {
      expect(failureOf(thrown).kind).toBe("reset");
    },
  );
});
