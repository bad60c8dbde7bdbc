import { describe, expect, it } from "vitest";
import type { EarlierRun } from "./runs/earlierRun.ts";
import { situationOf } from "./situation.ts";
import { minute, rollingSettings, second, start, Story, twoOfSixNodes } from "./testing/story.ts";
import { chanceOf, earlierOf, upgradesOf } from "./testing/upgrades.ts";
import type { RebootProgress } from "./reboot.ts";
import { decide } from "./verdict.ts";
import type { Decision } from "./verdictNames.ts";

const [upgrade] = upgradesOf("linear", 1, chanceOf(3));
if (upgrade === undefined) {
  throw new Error("No upgrade was generated.");
}
const base = earlierOf(upgrade, 1);

/** Earlier upgrades that stood still for so long in each state, and rebooted each node in as long. */
const still = (count: number, longestStillMs: number, change: Partial<EarlierRun> = {}) =>
  Array.from({ length: count }, () => ({
    ...base,
    upgradeType: "SOFTWARE_ONLY",
    rolling: false,
    states: base.states.map((state) => ({ ...state, longestStillMs })),
    perNodeMs: [longestStillMs],
    ...change,
  }));

function judge(
  { spans, now }: Story,
  earlier: readonly EarlierRun[],
  reboot: RebootProgress | null = null,
): Decision {
  const past = { cluster: "own", earlier };
  const surroundings = { startedAt: start, addresses: 1, reboot, blockedReason: null, past };
  return decide(situationOf(spans, surroundings), now);
}

const standing = (durationMs: number): Story =>
  new Story().heard("idle").heard("preparing", durationMs, [37, 37]);

describe("stalled by its own past", () => {
  it("is twice the longest of five earlier upgrades where that is more, and names the figures", () => {
    const earlier = still(5, 15 * minute);
    expect(judge(standing(29 * minute), earlier).verdict).not.toBe("stalled");
    expect(judge(standing(31 * minute), earlier)).toMatchObject({
      verdict: "stalled",
      detail:
        "No change at 37 % for 31 min; more than 30 min counts as stalled, twice the longest of 5 earlier upgrades of this kind on this cluster.",
    });
  });

  it("is the fixed limit where theirs were shorter, or there are but four, or others", () => {
    expect(judge(standing(21 * minute), still(5, minute)).detail).toContain(
      "more than 20 min counts as stalled; the longest of 5 earlier upgrades of this kind on this cluster was 1 min.",
    );
    for (const earlier of [
      still(4, 15 * minute),
      still(9, 15 * minute, { cluster: "other" }),
      still(9, 15 * minute, { rolling: true }),
      still(9, 15 * minute, { outcome: "not-committed" }),
    ]) {
      expect(judge(standing(21 * minute), earlier).detail).toMatch(/20 min counts as stalled\.$/);
    }
  });

  it("counts nodes in a rolling reboot", () => {
    const story = new Story().heard("idle");
    story.settings = rollingSettings;
    story.heard("rebooting", 70 * minute);
    const reboot = twoOfSixNodes(start);
    const rolling = { upgradeType: "SOFTWARE_AND_PLATFORM", rolling: true };
    expect(judge(story, still(5, minute, rolling), reboot).verdict).toBe("stalled");
    expect(judge(story, still(5, 40 * minute, rolling), reboot).verdict).not.toBe("stalled");
  });
});

describe("slow by its own past", () => {
  const committing = (): Story => new Story().heard("idle").heard("committing", 5 * minute);

  it("is past the latest of a forecast that rests on five, and says so", () => {
    const earlier = still(5, second);
    expect(judge(committing(), earlier)).toMatchObject({
      verdict: "slow",
      headline: "Slow in Committing",
    });
    expect(judge(committing(), earlier).detail).toMatch(
      /^Past the latest time of its own forecast by \d min; it rested on 5 earlier upgrades of this kind/,
    );
  });

  it("is never by fewer", () => {
    expect(judge(committing(), still(4, second)).verdict).toBe("running");
  });
});
