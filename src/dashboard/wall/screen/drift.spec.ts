import { describe, expect, it } from "vitest";
import { driftAt } from "./drift.ts";

const secondMs = 1000;
const places = Array.from({ length: 3600 }, (_, second) => driftAt(second * secondMs));

describe("the drift against burn-in", () => {
  it("visits many places within an hour, none further than four pixels off", () => {
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBeGreaterThan(60);
    for (const { x, y } of places) {
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(4);
    }
  });

  it("moves one pixel at a time, and a few in a minute", () => {
    for (const [index, { x, y }] of places.slice(1).entries()) {
      const before = places[index] ?? { x, y };
      expect(Math.max(Math.abs(x - before.x), Math.abs(y - before.y))).toBeLessThanOrEqual(1);
    }
    for (let minute = 0; minute < 59; minute++) {
      const steps = places.slice(minute * 60, (minute + 1) * 60 + 1).filter(({ x, y }, at, all) => {
        const before = all[at - 1];
        return before !== undefined && (x !== before.x || y !== before.y);
      });
      expect(steps.length).toBeGreaterThan(0);
      expect(steps.length).toBeLessThan(12);
    }
  });
});
