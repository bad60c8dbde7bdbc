import { describe, expect, it } from "vitest";
import { progressSeries } from "../../../upgrade/progress.ts";
import { hour, minute, second, start, Story } from "../../../upgrade/testing/story.ts";
import { timeline } from "../../../upgrade/timeline.ts";
import { chartPicture } from "./chart.ts";
import { progressSummary } from "./summary.ts";
import { tickLabel } from "./tickLabel.ts";

const axis = { from: start, to: start + 30 * minute };

function picture(story: Story, on = axis, preparing = true) {
  return chartPicture(progressSeries(story.spans), timeline(story.spans).link, on, preparing);
}

describe("the chart's picture", () => {
  it("is the same for every second in which no percent changed", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 40]);
    const before = picture(story);
    story.heard("preparing", 30 * second, [40, 40]);
    expect(picture(story)).toEqual(before);
    expect(before.edge).toEqual({ at: before.points.at(-1)?.at, progress: 40 });
  });

  it("ends where preparing ends", () => {
    const story = new Story().heard("preparing", minute, [0, 100]).heard("prepared", 10 * minute);
    const { points, edge, gaps } = picture(story, axis, false);
    expect(points.at(-1)).toEqual({ at: start + minute, progress: null });
    expect(edge).toBeNull();
    expect(gaps).toEqual([]);
  });

  it("is broken and hatched in gaps, and only in those that broke a line", () => {
    const story = new Story()
      .heard("idle", minute)
      .silent(20 * second)
      .heard("preparing", minute, [0, 40])
      .silent(22 * second)
      .heard("preparing", minute, [41, 60]);
    const { gaps, points } = picture(story);
    const brokenAt = start + 2 * minute + 20 * second;
    expect(gaps).toEqual([{ kind: "outage", from: brokenAt, to: brokenAt + 22 * second }]);
    expect(points.filter(({ progress }) => progress === null)).toEqual([
      { at: brokenAt, progress: null },
    ]);
  });

  it("keeps the gap open while the silence lasts", () => {
    const story = new Story().heard("preparing", minute, [0, 40]).silent(minute);
    expect(picture(story, axis, false).gaps).toEqual([
      { kind: "outage", from: start + minute, to: null },
    ]);
  });

  it("marks where the percent fell", () => {
    const story = new Story()
      .heard("preparing", minute, [0, 80])
      .heard("preparing", minute, [60, 65]);
    const { falls } = picture(story);
    expect(falls.map(({ at, progress }) => [at, Math.floor(progress)])).toEqual([
      [start + minute, 60],
    ]);
  });

  it("carries the level in that held where the axis begins", () => {
    const story = new Story().heard("preparing", 10 * minute, [0, 50]);
    const late = { from: start + 5 * minute, to: start + 15 * minute };
    expect(picture(story, late).points[0]).toMatchObject({ at: start + 5 * minute });
    expect(picture(story, late).points[0]?.progress).toBeCloseTo(25, 0);
  });

  it("is reduced to what pixels can show, without losing a peak or a break", () => {
    const story = new Story();
    for (let turn = 0; turn < 60; turn += 1) {
      story.heard("preparing", 60 * second, [0, 99]).heard("idle", second);
    }
    const day = { from: start - 23 * hour, to: start + hour + minute };
    const all = progressSeries(story.spans);
    const { points } = picture(story, day, false);
    expect(all.length).toBeGreaterThan(3000);
    expect(points.length).toBeLessThan(200);
    expect(Math.max(...points.map(({ progress }) => progress ?? 0))).toBe(99);
    expect(points.some(({ progress }) => progress === null)).toBe(true);
  });
});

describe("the summary", () => {
  it("tells start, end, gaps and falls", () => {
    const story = new Story()
      .heard("preparing", minute, [0, 80])
      .silent(10 * second)
      .heard("preparing", minute, [60, 62.9]);
    const summary = progressSummary(
      progressSeries(story.spans),
      picture(story),
      axis,
      story.now + 10 * minute,
      story.now,
      "UTC",
    );
    expect(summary).toMatch(/^From 0 % at 12:00:00 to 62 % at 12:0/);
    expect(summary).toContain("No answer from 12:01:00 to 12:01:10, 10 s.");
    expect(summary).toContain("Fell to 60 % at 12:01:10.");
    expect(summary).toContain("Likely at 100 % by 12:12.");
  });

  it("says that there is nothing to draw", () => {
    const story = new Story().heard("idle", minute);
    expect(progressSummary([], picture(story), axis, null, story.now, "UTC")).toContain(
      "no percentage to draw",
    );
  });
});

it("labels ticks with seconds only where they matter, and midnight with its day", () => {
  expect(tickLabel(start, 30 * second, "UTC")).toBe("12:00:00");
  expect(tickLabel(start, minute, "UTC")).toBe("12:00");
  expect(tickLabel(start + 12 * hour, 3 * hour, "UTC")).toBe("24 Nov");
});
