import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, hourMs, minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { ranges } from "./range.ts";
import { axisEnds, momentAt, movingPlace, placeOf, ticksOn } from "./axis.ts";

const now = Date.UTC(2026, 10, 23, 14, 7, 26);

const questions = fc.record({
  range: fc.constantFrom(...ranges),
  now: fc.integer({ min: now, max: now + 400 * dayMs }),
  run: fc.option(
    fc.record({ from: fc.integer({ min: now - 3 * dayMs, max: now }), to: fc.constant(null) }),
  ),
  forecastEnd: fc.option(fc.integer({ min: now, max: now + 2 * dayMs })),
});

describe("the axis", () => {
  it("always holds now and what was asked for", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { from, to } = axisEnds(question);
        expect(from).toBeLessThan(question.now);
        expect(to).toBeGreaterThan(question.now);
        if (question.range === "24h") {
          expect(from).toBeLessThanOrEqual(question.now - dayMs);
        }
        if (question.range === "run" && question.run !== null) {
          expect(from).toBeLessThanOrEqual(question.run.from);
        }
      }),
    );
  });

  it("stays the same for many seconds, so that the chart need not be redrawn", () => {
    const run = { from: now - 23 * minuteMs, to: null };
    for (const [range, most] of [
      ["15m", 5],
      ["1h", 2],
      ["run", 3],
      ["24h", 1],
    ] as const) {
      const ends = new Set<string>();
      for (let second = 0; second < 60; second += 1) {
        const at = now + second * secondMs;
        ends.add(
          JSON.stringify(axisEnds({ range, now: at, run, forecastEnd: now + 14 * minuteMs })),
        );
      }
      expect({ range, many: ends.size > most }).toEqual({ range, many: false });
    }
  });

  it("makes room for the forecast, but not for one that lies days ahead", () => {
    const run = { from: now - 20 * minuteMs, to: null };
    const near = axisEnds({ range: "run", now, run, forecastEnd: now + 15 * minuteMs });
    expect(near.to).toBeGreaterThan(now + 15 * minuteMs);
    const far = axisEnds({ range: "run", now, run, forecastEnd: now + 5 * dayMs });
    expect(far.to).toBeLessThan(now + 2 * hourMs);
  });

  it("shows a finished run as a whole, without the time since", () => {
    const run = { from: now - 10 * hourMs, to: now - 9 * hourMs };
    const { from, to } = axisEnds({ range: "run", now, run, forecastEnd: null });
    expect(from).toBeLessThanOrEqual(run.from);
    expect(to).toBeGreaterThanOrEqual(run.to);
    expect(to).toBeLessThan(now - 8 * hourMs);
  });

  it("has ticks on round local times, no more than have room", () => {
    const { ticks, tickMs } = ticksOn({ from: now - dayMs, to: now }, "Asia/Kolkata", 9);
    expect(tickMs).toBe(3 * hourMs);
    expect(ticks.length).toBeLessThanOrEqual(9);
    // Half an hour past in UTC is on the hour in a zone of UTC+5:30.
    expect(ticks.every((tick) => (tick + 5.5 * hourMs) % (3 * hourMs) === 0)).toBe(true);
  });

  it("has two ticks even on a narrow screen", () => {
    for (let minutes = 3; minutes < 3000; minutes += 7) {
      const { ticks } = ticksOn({ from: now, to: now + minutes * minuteMs }, "UTC", 2);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(4);
    }
  });

  it("holds places at its edges, and finds moments back", () => {
    const axis = { from: now, to: now + hourMs };
    expect(placeOf(axis, now - 1)).toBe(0);
    expect(placeOf(axis, now + 2 * hourMs)).toBe(1);
    expect(momentAt(axis, placeOf(axis, now + 10 * minuteMs))).toBe(now + 10 * minuteMs);
  });
});

describe("a place that moves", () => {
  const day = { from: 0, to: 24 * hourMs };

  it("stays for most seconds of a day, and is never off by half a pixel of a wide screen", () => {
    const at = 12 * hourMs;
    const seconds = Array.from({ length: 60 }, (_, second) => at + second * secondMs);
    const moved = new Set(seconds.map((each) => movingPlace(placeOf(day, each))));
    expect(moved.size).toBeLessThanOrEqual(8);
    expect(moved.size).toBeGreaterThan(1);
    const widePixels = 7680;
    for (const each of seconds) {
      const off = Math.abs(movingPlace(placeOf(day, each)) - placeOf(day, each)) * widePixels;
      expect(off).toBeLessThan(0.5);
    }
  });

  it("moves by the second where a second can be seen", () => {
    const short = { from: 0, to: 15 * minuteMs };
    const [first = 0, next = 0] = [60, 61].map((at) => movingPlace(placeOf(short, at * secondMs)));
    expect(next).toBeGreaterThan(first);
  });
});
