import { describe, expect, it } from "vitest";
import type { ClusterStatus } from "../../../contract/api.ts";
import { hourMs, minuteMs } from "../../../upgrade/duration.ts";
import type { Span } from "../../../upgrade/span.ts";
import { now, summary } from "../../shell/summary.fixture.ts";
import { storyFrom, storyOf } from "./story.ts";

const begin = now - 40 * minuteMs;

function answer(changes: Partial<ClusterStatus> = {}): ClusterStatus {
  return {
    ...summary({ run: { from: begin, to: null }, observedAt: now - 400 }),
    now,
    build: "1",
    status: null,
    ...changes,
  };
}

function heard(
  state: string,
  fromMin: number,
  toMin: number,
  progress: number | null = null,
): Span {
  return {
    kind: "status",
    from: begin + fromMin * minuteMs,
    to: begin + toMin * minuteMs,
    polls: 60,
    node: null,
    version: "7.1.4",
    status: { state: `UPGRADE_STATE_${state}`, progress, settings: null, error_info: null },
  };
}

const spans = [
  heard("IDLE", -60, 0),
  heard("PREPARING", 0, 10, 10),
  heard("PREPARING", 10, 30, 90.7),
  heard("PREPARED", 30, 39),
];
const wide = { widthEm: 80, isLive: true, zone: "UTC" };

describe("the story of an upgrade on a wall", () => {
  it("begins a little before the run, or six hours ago where none is in flight", () => {
    expect(storyFrom(answer())).toBe(begin - 2 * minuteMs);
    expect(storyFrom(answer({ run: { from: begin, to: begin + minuteMs } }))).toBe(
      now - 6 * hourMs,
    );
    expect(storyFrom(answer({ run: null }))).toBe(now - 6 * hourMs);
  });

  it("says each state that is over with its duration where the band has room, and less where it has not", () => {
    const labels = (widthEm: number): readonly string[] =>
      storyOf(spans, answer(), { ...wide, widthEm }).bands.map(({ label }) => label);
    expect(labels(80)).toEqual(["Idle", "Preparing 30:00", "Prepared"]);
    expect(labels(30)).toEqual(["", "Preparing 30:00", "Prepared"]);
    expect(labels(10)).toEqual(["", "Preparing", ""]);
    expect(labels(5)).toEqual(["", "", ""]);
  });

  it("says once, and at most, what was missed between the same two answers", () => {
    const blind: Span = {
      kind: "unobserved",
      from: begin,
      to: begin + 30 * minuteMs,
      polls: 0,
      node: null,
    };
    const late = [heard("IDLE", -60, 0), blind, heard("REBOOTING", 30, 39)];
    const labels = (widthEm: number): readonly string[] =>
      storyOf(late, answer(), { ...wide, widthEm })
        .bands.map(({ label }) => label)
        .filter((label) => label !== "");
    expect(labels(80)).toEqual(["Idle", "Preparing to Committed ≤ 30:00", "Rebooting"]);
    expect(labels(25)).toEqual(["Preparing to Committed"]);
  });

  it("draws only what was heard: the last state up to the last answer, no further", () => {
    const { bands, nowAt } = storyOf(spans, answer({ observedAt: now - 5 * minuteMs }), wide);
    expect(bands.at(-1)?.end).toBeLessThan(nowAt);
    const live = storyOf(spans, answer(), wide);
    expect(live.bands.at(-1)?.end).toBeCloseTo(live.nowAt, 3);
  });

  it("draws the progress as steps, broken where it ends", () => {
    expect(storyOf(spans, answer(), wide).line).toMatch(
      /^M[\d.]+ 90\.00H[\d.]+V9\.30H[\d.]+V9\.30$/,
    );
    expect(storyOf([heard("IDLE", -60, 40)], answer(), wide).line).toBe("");
  });

  it("has room for what is forecast, while that is live", () => {
    const eta = {
      earliest: now + minuteMs,
      likely: now + 5 * minuteMs,
      latest: now + 20 * minuteMs,
      basis: "",
      runs: 0,
    };
    const { forecastTo, nowAt } = storyOf(spans, answer({ eta }), wide);
    expect(forecastTo).toBeGreaterThan(nowAt);
    expect(storyOf(spans, answer({ eta }), { ...wide, isLive: false }).forecastTo).toBeNull();
    expect(storyOf(spans, answer(), wide).forecastTo).toBeNull();
  });

  it("names whole minutes on the axis, apart from each other and from its ends", () => {
    const { ticks } = storyOf(spans, answer(), wide);
    expect(ticks.length).toBeGreaterThan(3);
    ticks.forEach(({ at, label }, index) => {
      expect(label).toMatch(/^\d\d:\d\d$/);
      expect(at - (ticks[index - 1]?.at ?? 0)).toBeGreaterThan(3 / 80);
    });
  });

  it("is told in words", () => {
    expect(storyOf(spans, answer(), wide).words).toMatch(
      /^Preparing from \d\d:\d\d, Prepared from \d\d:\d\d$/,
    );
  });
});
