import { describe, expect, it } from "vitest";
import { breaksInARow, secondsToWait, type WallMoment, wallReload } from "./reasons.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const quiet: WallMoment = {
  firstBuild: "a",
  build: "a",
  reloadedFor: null,
  isUnderstood: true,
  isSomeoneNeeded: false,
  pageAgeMs: minuteMs,
};

describe("a wall loads itself anew", () => {
  it.each([
    ["not while nothing changed", {}, null],
    ["when another build answers", { build: "b" }, "build"],
    ["not twice for the same build", { build: "b", reloadedFor: "b" }, null],
    ["for the build after that", { build: "c", reloadedFor: "b" }, "build"],
    ["once a day", { pageAgeMs: dayMs }, "day"],
    ["not a minute before", { pageAgeMs: dayMs - minuteMs }, null],
    [
      "never while someone is needed",
      { isSomeoneNeeded: true, build: "b", pageAgeMs: dayMs },
      null,
    ],
    [
      "even then, where the new server is not understood",
      { isSomeoneNeeded: true, build: "b", isUnderstood: false },
      "build",
    ],
    [
      "once, where the server was never understood",
      { firstBuild: undefined, build: "b", isUnderstood: false },
      "build",
    ],
    [
      "not daily into a server that it does not understand",
      { isUnderstood: false, pageAgeMs: dayMs },
      null,
    ],
  ] as const)("%s", (_, change, expected) => {
    expect(wallReload({ ...quiet, ...change })).toBe(expected);
  });
});

describe("a page that broke", () => {
  it("waits longer each time it breaks again soon, and starts over after it held", () => {
    const waits: number[] = [];
    let breaks = 0;
    for (let round = 0; round < 7; round++) {
      breaks = breaksInARow(breaks, 5000);
      waits.push(secondsToWait(breaks));
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600]);
    expect(secondsToWait(breaksInARow(breaks, 10 * minuteMs))).toBe(30);
  });
});
