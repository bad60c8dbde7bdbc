import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceOf } from "../testing/upgrades.ts";
import { predictiveRange, studentT95 } from "./interval.ts";

const prior = { spread: 0.2, weight: 4 };

/** How often the next of so many equally distributed durations lies in the range that the others give. */
function coverage(seen: number, spread: number): number {
  const chance = chanceOf(seen);
  const draw = (): number =>
    60_000 *
    Math.exp(spread * Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance()));
  const rounds = 2000;
  let inside = 0;
  for (let round = 0; round < rounds; round += 1) {
    const range = predictiveRange(Array.from({ length: seen }, draw), prior);
    const next = draw();
    inside += next >= range.earliestMs && next <= range.latestMs ? 1 : 0;
  }
  return inside / rounds;
}

describe("the range of the next duration", () => {
  it.each([1, 2, 3, 5, 12, 30])("holds nine in ten, having seen %i", (seen) => {
    expect(coverage(seen, 0.2)).toBeGreaterThan(0.85);
    expect(coverage(seen, 0.2)).toBeLessThan(0.98);
  });

  it("does not trust a prior that is far too narrow for long", () => {
    expect(coverage(12, 0.8)).toBeGreaterThan(0.85);
  });

  it("is the wider the fewer were seen, and wider for one unlike them", () => {
    const widths = [1, 2, 4, 8].map((count) => {
      const { earliestMs, latestMs } = predictiveRange(
        Array.from({ length: count }, () => 60_000),
        prior,
      );
      return latestMs - earliestMs;
    });
    expect(widths).toEqual(widths.toSorted((one, other) => other - one));
    const like = predictiveRange([1000, 1200], prior);
    expect(predictiveRange([1000, 1200], prior, 2).latestMs).toBeGreaterThan(like.latestMs);
  });

  it("is in order and holds what was seen of few, whatever it was", () => {
    const durations = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 19 });
    fc.assert(
      fc.property(durations, (seen) => {
        const { earliestMs, likelyMs, latestMs } = predictiveRange(seen, prior);
        expect(earliestMs).toBeLessThanOrEqual(likelyMs);
        expect(likelyMs).toBeLessThanOrEqual(latestMs);
        expect(earliestMs).toBeLessThanOrEqual(Math.min(...seen) * 1.0001);
        expect(latestMs).toBeGreaterThanOrEqual(Math.max(...seen) * 0.9999);
      }),
    );
  });
});

it.each([
  [3, 2.353],
  [4, 2.132],
  [10, 1.812],
  [30, 1.697],
])("knows Student's t with %i degrees of freedom", (freedom, t) => {
  expect(Math.abs(studentT95(freedom) - t)).toBeLessThan(0.01);
});
