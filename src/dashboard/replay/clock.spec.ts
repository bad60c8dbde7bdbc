import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isOver,
  keyedTo,
  momentOf,
  type ReplayClock,
  sought,
  speeds,
  toggled,
  withSpeed,
} from "./clock.ts";

const from = Date.UTC(2026, 10, 23, 12);
const clock: ReplayClock = {
  from,
  until: from + 600_000,
  at: from,
  sinceMs: 1000,
  speed: 60,
  isPlaying: true,
};

describe("the clock of a replay", () => {
  it("passes as many times faster as it is told, and stands at its end", () => {
    expect(momentOf(clock, 2000)).toBe(from + 60_000);
    expect(isOver(clock, 10_999)).toBe(false);
    expect(momentOf(clock, 99_000)).toBe(from + 600_000);
    expect(isOver(clock, 11_000)).toBe(true);
  });

  it("stands while it is stopped, goes on from there, and begins anew after its end", () => {
    const stopped = toggled(clock, 2000);
    expect(momentOf(stopped, 50_000)).toBe(from + 60_000);
    expect(momentOf(toggled(stopped, 50_000), 51_000)).toBe(from + 120_000);
    const again = toggled(clock, 99_000);
    expect(again).toMatchObject({ isPlaying: true, at: from });
  });

  it("never leaps when its speed changes, and never leaves its bounds", () => {
    const moves = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 0, max: 20_000 }),
        speed: fc.constantFrom(...speeds),
        to: fc.option(fc.integer({ min: -900_000, max: 900_000 })),
      }),
    );
    fc.assert(
      fc.property(moves, (steps) => {
        let played = clock;
        let nowMs = 1000;
        for (const { waitMs, speed, to } of steps) {
          nowMs += waitMs;
          const before = momentOf(played, nowMs);
          played = withSpeed(played, speed, nowMs);
          expect(momentOf(played, nowMs)).toBe(before);
          played = to === null ? played : sought(played, from + to, nowMs);
          const moment = momentOf(played, nowMs);
          expect(moment >= from && moment <= clock.until).toBe(true);
        }
      }),
    );
  });

  it.each([
    ["ArrowRight", 63_000],
    ["ArrowDown", 57_000],
    ["PageUp", 120_000],
    ["PageDown", 0],
    ["Home", 0],
    ["End", 600_000],
  ])("is sought by %s", (key, place) => {
    expect((keyedTo(clock, key, 2000) ?? 0) - from).toBe(place);
  });

  it("is left alone by other keys", () => {
    expect(keyedTo(clock, "x", 2000)).toBeNull();
  });
});
