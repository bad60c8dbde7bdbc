import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { httpFailureOf, retryAfterMs } from "./httpFailure.ts";

const date = "Mon, 23 Nov 2026 12:00:00 GMT";
const json = { "content-type": "application/json" };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const failureOf = (httpStatus: number, body = "", headers: Record<string, string> = json) =>
  httpFailureOf({ httpStatus, headers, body: bytesOf(body) }, true);

describe("an answer other than 200", () => {
  it.each([
    [401, "auth"],
    [403, "auth"],
    [404, "http"],
    [204, "http"],
    [302, "http"],
    [429, "http"],
    [500, "http"],
    [503, "http"],
  ])("%i is %s", (status, kind) => {
    const failure = failureOf(status);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(status === 302 ? "Redirected" : String(status));
  });

  it("is told in the cluster's own class and words, never by its stack", () => {
    const body = { error_class: "no_privilege", description: "Ask.", stack: ["at deep:1"] };
    const { message } = failureOf(403, JSON.stringify(body));
    expect(message).toContain("PRIVILEGE_UPGRADE_READ");
    expect(message).toContain("no_privilege: Ask.");
    expect(message).not.toContain("deep");
  });

  it("is told of a page only by its status and length", () => {
    const page = "<h1>canary</h1>";
    const { message } = failureOf(502, page, { "content-type": "text/html" });
    expect(message).toBe("The answer is 502, 15 bytes.");
  });

  it("says that none is configured where no token was sent", () => {
    const reply = { httpStatus: 401, headers: json, body: bytesOf("") };
    expect(httpFailureOf(reply, false).message).toContain("none is configured");
  });

  it.each([
    ["https://other.example:8000/a?token=canary", "other.example:8000"],
    ["https://user:canary@other.example/", "other.example"],
    ["/login", "another path"],
    ["", "another path"],
  ])("is told of a redirect to %j only by its host", (location, told) => {
    const { message } = failureOf(302, "", { location });
    expect(message).toBe(`Redirected to ${told}; redirects are not followed.`);
  });
});

describe("Retry-After", () => {
  it.each([
    ["120", 120_000],
    ["0", 0],
    ["Mon, 23 Nov 2026 12:01:00 GMT", 60_000],
    ["Mon, 23 Nov 2026 11:59:00 GMT", null],
    ["-5", null],
    ["1e9", null],
    ["99999999999999999999", null],
    ["soon", null],
    ["", null],
  ])("of %j means %s", (value, waitMs) => {
    expect(retryAfterMs({ "retry-after": value, date })).toBe(waitMs);
  });

  it("may be absent, or there twice", () => {
    expect(retryAfterMs({})).toBeNull();
    expect(retryAfterMs({ "retry-after": ["1", "2"] })).toBeNull();
  });

  it("counts from the cluster's own time, whatever ours is", () => {
    const value = "Mon, 23 Nov 2026 12:00:30 GMT";
    expect(retryAfterMs({ "retry-after": value })).toBeNull();
    const behind = "Mon, 23 Nov 2026 11:59:00 GMT";
    expect(retryAfterMs({ "retry-after": value, date: behind })).toBe(90_000);
  });

  it("never means a time that can't be waited for", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const waitMs = retryAfterMs({ "retry-after": value, date });
        expect(waitMs === null || (waitMs >= 0 && waitMs <= 24 * 60 * 60 * 1000)).toBe(true);
      }),
    );
  });
});
