import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastPreparing } from "./pace.ts";
import { minute, second, Story } from "../testing/story.ts";

const halfway = (): Story => new Story().heard("preparing", 10 * minute, [0, 50]);

describe("the forecast of a preparation", () => {
  it("goes by the pace of the run and says so", () => {
    const story = halfway();
    const forecast = forecastPreparing(story.spans);
    expect(((forecast?.likely ?? 0) - story.now) / minute).toBeCloseTo(10, 0);
    expect(forecast?.basis).toMatch(/^the pace of this run: \d+ % in \d+ min$/);
    expect(forecast?.earliest).toBeLessThan(forecast?.likely ?? 0);
    expect(forecast?.latest).toBeGreaterThan(forecast?.likely ?? 0);
  });

  it("stands while the percent stands: it does not creep along with the clock", () => {
    const story = halfway();
    const before = forecastPreparing(story.spans);
    expect(forecastPreparing(story.heard("preparing", 5 * minute, [50, 50]).spans)).toEqual(before);
  });

  it("is wider where the pace changed", () => {
    const even = forecastPreparing(halfway().spans);
    const uneven = forecastPreparing(
      new Story().heard("preparing", 2 * minute, [0, 35]).heard("preparing", 8 * minute, [35, 50])
        .spans,
    );
    const width = (forecast: typeof even): number =>
      (forecast?.latest ?? 0) - (forecast?.earliest ?? 0);
    expect(width(uneven)).toBeGreaterThan(2 * width(even));
  });

  it("takes no time for slow in which nobody answered", () => {
    const story = new Story().heard("preparing", 5 * minute, [0, 50]).silent(5 * minute);
    story.heard("preparing", 10 * second, [50, 52]);
    const forecast = forecastPreparing(story.spans);
    expect(((forecast?.likely ?? 0) - story.now) / minute).toBeCloseTo(4.7, 0);
    expect(forecast?.basis).toMatch(/ in 5 min$/);
  });

  it("starts afresh where progress fell", () => {
    const story = halfway().heard("preparing", second, [20, 20]);
    expect(forecastPreparing(story.spans)).toBeNull();
  });

  it("is none where it would be a guess", () => {
    expect(forecastPreparing([])).toBeNull();
    expect(forecastPreparing(new Story().heard("idle", minute).spans)).toBeNull();
    expect(forecastPreparing(new Story().heard("preparing", minute, [0, 3]).spans)).toBeNull();
    expect(forecastPreparing(new Story().heard("preparing", 9 * second, [0, 50]).spans)).toBeNull();
    expect(forecastPreparing(new Story().heard("preparing", minute, [0, 100]).spans)).toBeNull();
    expect(forecastPreparing(halfway().heard("committing").spans)).toBeNull();
  });

  it("is in order and finite, whatever the pace", () => {
    let forecasts = 0;
    const waits = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 8, maxLength: 90 });
    fc.assert(
      fc.property(waits, (secondsPerPercent) => {
        const story = new Story();
        secondsPerPercent.forEach((seconds, percent) => {
          story.heard("preparing", seconds * second, [percent, percent]);
        });
        const forecast = forecastPreparing(story.spans);
        if (forecast !== null) {
          forecasts += 1;
          expect(forecast.earliest).toBeLessThanOrEqual(forecast.likely);
          expect(forecast.likely).toBeLessThanOrEqual(forecast.latest);
          expect(Number.isFinite(forecast.latest)).toBe(true);
        }
      }),
    );
    expect(forecasts).toBeGreaterThan(50);
  });
});
