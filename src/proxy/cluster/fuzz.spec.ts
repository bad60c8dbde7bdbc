import fc from "fast-check";
import { expect, it } from "vitest";
import { canary, fuzzedReplies } from "../../contract/testing/replies.ts";
import { faultOf } from "./testing/fuzz.ts";

it("10,000 damaged replies are read without a fault", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fuzzedReplies, (reply) => {
      expect(faultOf(reply)).toBeNull();
    }),
    { numRuns: 10_000 },
  );
});

it("a token is found by none of them where it lies across the cut of a long text", () => {
  for (const before of [128 * 1024 - 10, 128 * 1024, 16 * 1024 - 10, 40]) {
    const text = `${"x".repeat(before)}${canary}${"y".repeat(200_000)}`;
    const bytes = new TextEncoder().encode(
      JSON.stringify({
        state: "UPGRADE_STATE_IDLE",
        error_info: text,
        settings: { install_path: text },
      }),
    );
    const headers = { "content-type": "application/json" };
    expect(faultOf({ bytes, pieceBytes: 16_384, headers })).toBeNull();
  }
});
