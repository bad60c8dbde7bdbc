import { describe, expect, it } from "vitest";
import { progressSeries } from "./progress.ts";
import { minute, second, start, Story } from "./testing/story.ts";

describe("the progress line", () => {
  it("is a step for every whole percent and ends where preparing ends", () => {
    const story = new Story().heard("preparing", 11 * second, [0, 10]).heard("committing", minute);
    const series = progressSeries(story.spans);
    expect(series.slice(0, 11).map(({ progress }) => Math.floor(progress ?? -1))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(series.at(-1)).toEqual({ at: start + 11 * second, progress: null, fell: false });
  });

  it("is broken by silence, not joined", () => {
    const story = new Story()
      .heard("preparing", second, [10, 10])
      .silent(5 * second)
      .heard("preparing", second, [12, 12]);
    expect(progressSeries(story.spans).map(({ progress }) => progress)).toEqual([10, 10, null, 12]);
  });

  it("marks where it falls, within one preparation only", () => {
    const story = new Story()
      .heard("preparing", second, [80, 80])
      .heard("preparing", second, [20, 20])
      .heard("idle")
      .heard("preparing", second, [5, 5]);
    expect(progressSeries(story.spans).filter(({ fell }) => fell)).toEqual([
      { at: start + second, progress: 20, fell: true },
    ]);
  });

  it("reaches to the last answer", () => {
    const story = new Story().heard("preparing", minute, [10, 10]);
    expect(progressSeries(story.spans).at(-1)).toEqual({
      at: start + 59 * second,
      progress: 10,
      fell: false,
    });
  });
});
