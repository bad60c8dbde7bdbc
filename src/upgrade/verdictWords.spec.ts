import { describe, expect, it } from "vitest";
import { situationOf } from "./situation.ts";
import { minute, second, start, Story } from "./testing/story.ts";
import { decide } from "./verdict.ts";

const judge = (story: Story) =>
  decide(
    situationOf(story.spans, { startedAt: start, addresses: 1, reboot: null, blockedReason: null }),
    story.now,
  );

describe("an error of a run that goes on", () => {
  const failedAt37 = (): Story => {
    const story = new Story().heard("idle").heard("preparing", second, [37, 37]);
    story.error = "no space\n on node 3";
    return story.heard("preparing", minute, [37, 37]);
  };

  it("stays on top in every later state that reports it too", () => {
    for (const state of ["prepared", "committing", "committed", "rebooting"] as const) {
      expect(judge(failedAt37().heard(state, minute))).toMatchObject({
        verdict: "failed",
        attention: "act",
      });
    }
  });

  it("is still told once the cluster has cleared it, until that upgrade is over", () => {
    const story = failedAt37();
    story.error = null;
    const words =
      "Earlier in this upgrade, at Preparing 37 %, it reported an error: no space on node 3";
    expect(judge(story.heard("preparing", minute, [38, 60])).detail).toContain(words);
    expect(judge(story.heard("committing", second))).toMatchObject({
      verdict: "running",
      detail: `The commit runs; the API may drop at any moment. ${words}`,
    });
    expect(judge(story.silent(3 * second)).detail).toContain(words);
    story.version = "7.2.3";
    expect(judge(story.heard("idle")).detail).not.toContain("Earlier");
  });

  it("is quoted in one line, however long it is", () => {
    const story = new Story();
    story.error = `disk ${"x".repeat(5000)}`;
    story.heard("preparing", second, [1, 1]);
    story.error = null;
    const { detail } = judge(story.heard("preparing", second, [2, 2]));
    expect(detail).toContain("disk xxx");
    expect(detail.length).toBeLessThan(300);
  });
});

it("calls a peer that is another cluster so, at once and even in an expected absence", () => {
  const other = { kind: "invalid", message: "It calls itself par-post.", trust: true } as const;
  for (const story of [new Story().heard("idle"), new Story().heard("committing"), new Story()]) {
    expect(judge(story.silent(second, other))).toMatchObject({
      verdict: "outage",
      attention: "act",
      reason: "another-cluster",
      headline: "Another cluster",
      detail: "It calls itself par-post.",
    });
  }
});
