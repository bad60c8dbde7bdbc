import { expect, it } from "vitest";
import { atMost, shortDuration } from "./shortDuration.ts";

it.each([
  [-5, "0 s"],
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
});
