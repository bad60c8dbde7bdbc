import { expect, it } from "vitest";
import { createSteadyClock } from "./steadyClock.ts";

function clocks() {
  const at = { monotonicMs: 500, wallMs: 1_000_000 };
  const now = createSteadyClock(
    () => at.monotonicMs,
    () => at.wallMs,
  );
  const pass = (monotonicMs: number, wallMs: number): number => {
    at.monotonicMs += monotonicMs;
    at.wallMs += wallMs;
    return now();
  };
  return { pass };
}

it("counts on through a sleep that the monotonic clock did not notice", () => {
  const { pass } = clocks();
  expect(pass(1000, 1000)).toBe(1000);
  expect(pass(0, 3_600_000)).toBe(3_601_000);
});

it("neither stops nor goes back when the wall clock is set back", () => {
  const { pass } = clocks();
  expect(pass(1000, -3_600_000)).toBe(1000);
  expect(pass(1000, 1000)).toBe(2000);
});

it.each([
  ["24.8 days", 2 ** 31],
  ["49.7 days", 2 ** 32],
  ["ten years", 3650 * 86_400_000],
])("counts on beyond %s", (_, uptimeMs) => {
  const { pass } = clocks();
  pass(uptimeMs - 700, uptimeMs - 700);
  const before = pass(0, 0);
  for (let tick = 1; tick <= 8; tick += 1) {
    expect(pass(250, 250)).toBe(before + tick * 250);
  }
});

it("takes a wall clock that is set forward for a sleep: rather an old picture than a false one", () => {
  const { pass } = clocks();
  expect(pass(1000, 3_601_000)).toBe(3_601_000);
});
