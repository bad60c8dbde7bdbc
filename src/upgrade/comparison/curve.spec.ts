import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runRecords } from "../runs/record.ts";
import { minute, second, start, Story } from "../testing/story.ts";
import { curveOf } from "./curve.ts";
import { reducedSteps } from "./stepLine.ts";

function curve(story: Story) {
  const [record] = runRecords(story.spans);
  if (record === undefined) {
    throw new Error("no run");
  }
  return curveOf(record, story.spans);
}

const rounded = (story: Story) =>
  curve(story).points.map(({ ms, progress }) => [
    ms / second,
    progress === null ? null : Math.floor(progress),
  ]);

describe("the curve of a run", () => {
  it("counts from the first answer in PREPARING, and has every whole percent once", () => {
    const story = new Story().heard("idle", minute).heard("preparing", 65 * second, [0, 64]);
    const { startedAt, startExact, startsEarlierMs, points } = curve(story.heard("committing"));
    expect([startedAt, startExact, startsEarlierMs]).toEqual([start + minute, true, second]);
    expect(points).toHaveLength(66);
    expect(points[40]?.ms).toBe(40 * second);
    expect(points.at(-1)).toEqual({ ms: 65 * second, progress: null });
  });

  it("is broken where nothing was heard, and marks where the percent fell", () => {
    const story = new Story()
      .heard("idle")
      .heard("preparing", 2 * second, [10, 11])
      .silent(20 * second)
      .heard("preparing", 2 * second, [40, 41])
      .heard("preparing", second, [5, 5])
      .heard("committing");
    expect(rounded(story)).toEqual([
      [0, 10],
      [1, 11],
      [2, null],
      [22, 40],
      [23, 41],
      [24, 5],
      [25, null],
    ]);
  });

  it("tells by how much its start is uncertain", () => {
    const late = new Story().heard("idle").unwatched(minute).heard("preparing", minute, [40, 60]);
    expect(curve(late)).toMatchObject({ startExact: false, startsEarlierMs: minute + second });
    expect(curve(new Story().heard("preparing", minute, [0, 5]))).toMatchObject({
      startExact: false,
      startsEarlierMs: null,
    });
  });

  it("is none where PREPARING was never heard", () => {
    const story = new Story().heard("idle").unwatched(minute).heard("committing", minute);
    expect(curve(story)).toMatchObject({ startedAt: null, points: [] });
  });

  it("is of the one run only, and stays small whatever was heard", () => {
    const story = new Story().heard("idle");
    for (let turn = 0; turn < 900; turn += 1) {
      story.heard("preparing", second, [turn % 2, turn % 2]);
    }
    story.heard("idle", minute).heard("preparing", minute, [0, 50]);
    const { points } = curve(story);
    expect(points.length).toBeLessThanOrEqual(400);
    expect(points.at(-1)).toEqual({ ms: 900 * second, progress: null });
  });
});

it("reduces a step line without losing its breaks, its lowest and its highest", () => {
  const levels = fc.array(fc.option(fc.integer({ min: 0, max: 100 })), { minLength: 1 });
  fc.assert(
    fc.property(levels, fc.integer({ min: 1, max: 20 }), (heard, columns) => {
      const points = heard.map((progress, at) => ({ at, progress }));
      const kept = reducedSteps(points, { from: 0, to: points.length }, columns);
      expect(kept.length).toBeLessThanOrEqual(5 * columns);
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      const ends = (of: typeof kept) => {
        const known = of.flatMap(({ progress }) => progress ?? []);
        return [Math.min(...known), Math.max(...known), of.some((each) => each.progress === null)];
      };
      expect(ends(kept)).toEqual(ends(points));
    }),
  );
});
