import { describe, expect, it } from "vitest";
import { backtest } from "../testing/backtest.ts";

/** None of those by which the figures of the forecast were chosen. */
const seed = 2026;
/** `npm run backtest` asks many more. */
const clustersPerShape = 20;

describe("forecasts of generated upgrades, asked at a quarter, the half and three quarters", () => {
  const scores = backtest(seed, clustersPerShape, [0, 5]);
  const together = scores.filter(
    ({ shape, earlierRuns, target }) =>
      // Without earlier upgrades the whole is forecast only while nodes reboot one by one: too few to count.
      shape === null && (target === "preparation" || earlierRuns > 0),
  );

  it.each(together)(
    "hold nine truths in ten: $target, $earlierRuns earlier",
    ({ asked, answered, covered }) => {
      expect(asked).toBe(clustersPerShape * 4 * 3);
      expect(answered).toBe(1);
      expect(covered).toBeGreaterThanOrEqual(0.85);
      expect(covered).toBeLessThanOrEqual(0.96);
    },
  );

  it.each(together)("err less than a straight line: $target, $earlierRuns earlier", (score) => {
    expect(score.error).toBeLessThan(score.lineError);
  });

  it("learn the course of a preparation that slows down", () => {
    const bent = scores.find(
      ({ shape, earlierRuns }) => shape === "front-loaded" && earlierRuns === 5,
    );
    expect(bent?.error).toBeLessThan((bent?.lineError ?? 0) / 3);
  });
});
