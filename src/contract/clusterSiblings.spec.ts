import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readBlockedReply,
  readErrorReply,
  readLoginReply,
  readRebootReply,
  readVersionReply,
} from "./clusterSiblings.ts";

const json = { "content-type": "application/json" };
const bytesOf = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));
const page = { "content-type": "text/html" };

describe("the version", () => {
  it.each([
    ["Qumulo Core 7.1.4", "7.1.4"],
    ["Qumulo Core 7.9.0.2", "7.9.0.2"],
    ["7.1.4", "7.1.4"],
    ["7.1", null],
    ["Qumulo Core", null],
    ["", null],
    [7, null],
    [null, null],
  ])("of %j is %j", (revision_id, version) => {
    const body = { revision_id, build_id: "1", flavor: "release", build_date: "2026" };
    expect(readVersionReply(bytesOf(body), json)).toBe(version);
  });

  it("is not read from a page", () => {
    expect(readVersionReply(bytesOf({ revision_id: "7.1.4" }), page)).toBeNull();
  });
});

describe("the progress of a reboot", () => {
  const reboot = {
    state: "REBOOT_IN_PROGRESS",
    rolling: true,
    upgrade_initiated: true,
    total_node_count: 6,
    rebooted_node_count: 2,
    error_message: "",
  };
  const read = (change: Record<string, unknown>) =>
    readRebootReply(bytesOf({ ...reboot, ...change }), json);

  it("is so many of so many nodes", () => {
    expect(read({})).toEqual({ total: 6, rebooted: 2, state: "REBOOT_IN_PROGRESS", error: null });
  });

  it("tells the error that stopped it, and that there is one even without words", () => {
    const state = "REBOOT_PAUSED_DUE_TO_ERROR";
    expect(read({ state, error_message: "node 3 is gone\u0000" })?.error).toBe("node 3 is gone␀");
    expect(read({ state, error_message: null })?.error).toBe("no reason given");
  });

  it.each([[-1], [1.5], [1e9], ["6"], [null]])("is unknown where a count is %j", (count) => {
    expect(read({ total_node_count: count })).toBeNull();
    expect(read({ rebooted_node_count: count })).toBeNull();
  });
});

describe("what blocks the next upgrade", () => {
  it.each([
    [{ is_blocked: false, blocked_reason: "" }, { reason: null }],
    [{ is_blocked: false, blocked_reason: "old words" }, { reason: null }],
    [{ is_blocked: true, blocked_reason: "too soon" }, { reason: "too soon" }],
    [{ is_blocked: true, blocked_reason: " " }, { reason: "no reason given" }],
    [{ is_blocked: true }, { reason: "no reason given" }],
    [{ is_blocked: "yes" }, null],
    [{}, null],
  ])("of %j is %j", (body, blocked) => {
    expect(readBlockedReply(bytesOf(body), json)).toEqual(blocked);
  });
});

describe("a sign-in", () => {
  it("brings a token, or none", () => {
    expect(readLoginReply(bytesOf({ bearer_token: "session-v1:x" }), json)).toBe("session-v1:x");
    expect(readLoginReply(bytesOf({ bearer_token: 5 }), json)).toBeNull();
    expect(readLoginReply(bytesOf({}), json)).toBeNull();
  });
});

describe("a refusal", () => {
  it("is told by class and description, never by its stack", () => {
    const body = { error_class: "e", description: "d\u202e", stack: ["secret"], module: "m" };
    expect(readErrorReply(bytesOf(body), json)).toBe("e: d‹U+202E›");
  });

  it("may say nothing", () => {
    expect(readErrorReply(bytesOf({ stack: ["secret"] }), json)).toBeNull();
    expect(readErrorReply(bytesOf({ description: "<p>" }), page)).toBeNull();
    expect(readErrorReply(new Uint8Array(), json)).toBeNull();
  });
});

describe("whatever arrives", () => {
  it("is read without a throw", () => {
    const readers = [
      readVersionReply,
      readRebootReply,
      readBlockedReply,
      readLoginReply,
      readErrorReply,
    ];
    const bodies = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.jsonValue().map(bytesOf));
    fc.assert(
      fc.property(bodies, (bytes) => {
        for (const reader of readers) {
          expect(() => reader(bytes, json)).not.toThrow();
        }
      }),
      { numRuns: 1000 },
    );
  });
});
