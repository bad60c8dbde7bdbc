import { expect, it } from "vitest";
import { atLeast, atMost, shortDuration } from "./shortDuration.ts";

it.each([
  [-5, "< 1 s"],
  [999, "< 1 s"],
  [3999, "3 s"],
  [59_999, "59 s"],
  [60_000, "01:00"],
  [1_360_000, "22:40"],
])("writes %d ms as %s", (durationMs, text) => {
  expect(shortDuration(durationMs)).toBe(text);
});

it("rounds a bound up, so that it holds", () => {
  expect(atMost(1001)).toBe("≤ 2 s");
  expect(atMost(2000)).toBe("≤ 2 s");
  expect(atMost(0)).toBe("≤ 1 s");
});

it("bounds from below only what lasted long enough to tell", () => {
  expect(atLeast(2900)).toBe("≥ 2 s");
  expect(atLeast(10)).toBe("heard once");
});
