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
