import { expect, it } from "vitest";
import { hourMs, minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { placeOn, scaleOf, zeroOf } from "./scale.ts";

const start = Date.UTC(2026, 10, 23, 14);
const one = (startsAfterMs: number | null, lastsMs: number) => ({
  run: { from: start, to: null, lastHeard: start + lastsMs },
  curve:
    startsAfterMs === null
      ? null
      : {
          startedAt: start + startsAfterMs,
          startExact: true,
          startsEarlierMs: null,
          points: [],
        },
});

it("counts both from the start of PREPARING, and leaves room for what came before", () => {
  const late = one(minuteMs, 20 * minuteMs);
  const scale = scaleOf([late, one(null, 30 * minuteMs)]);
  expect([scale.fromMs, scale.toMs]).toEqual([-minuteMs, 30 * minuteMs]);
  expect(zeroOf(late)).toBe(start + minuteMs);
  expect([placeOn(scale, -minuteMs), placeOn(scale, 30 * minuteMs)]).toEqual([0, 1]);
});

it.each([
  [50 * secondMs, ["0", "10 s", "20 s", "30 s", "40 s", "50 s"]],
  [2 * minuteMs, ["0", "30 s", "1 min", "1:30", "2 min"]],
  [23 * minuteMs, ["0", "5 min", "10 min", "15 min", "20 min"]],
  [2.5 * hourMs, ["0", "30 min", "1 h", "1 h 30", "2 h", "2 h 30"]],
  [40 * hourMs, ["0", "12 h", "24 h", "36 h"]],
])("has round ticks over %d ms", (lastsMs, words) => {
  expect(scaleOf([one(0, lastsMs)]).ticks.map((tick) => tick.words)).toEqual(words);
});
