import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asOf, type Forecast } from "./forecast.ts";

const forecast: Forecast = { earliest: 1000, likely: 2000, latest: 4000, basis: "", runs: 3 };

describe("a forecast as time passes", () => {
  it("stands until its earliest moment", () => {
    expect(asOf(forecast, 1000)).toBe(forecast);
  });

  it("moves its likely moment on while the end does not come, never its latest", () => {
    const moved = asOf(forecast, 2500);
    expect(moved?.likely).toBeGreaterThan(2500);
    expect(moved?.likely).toBeLessThan(4000);
    expect(moved?.latest).toBe(4000);
  });

  it("is withdrawn once proven wrong", () => {
    expect(asOf(forecast, 4000)).not.toBeNull();
    expect(asOf(forecast, 4001)).toBeNull();
  });

  it("stays in order, and changes at most twenty times", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (now) => {
        const moved = asOf(forecast, now);
        expect(moved).not.toBeNull();
        if (moved !== null) {
          expect(moved.earliest).toBeLessThanOrEqual(Math.max(now, 1000));
          expect(moved.earliest).toBeLessThanOrEqual(moved.likely);
          expect(moved.likely).toBeLessThanOrEqual(moved.latest);
          seen.add(JSON.stringify(moved));
        }
      }),
      { numRuns: 500 },
    );
    expect(seen.size).toBeLessThanOrEqual(21);
  });
});
