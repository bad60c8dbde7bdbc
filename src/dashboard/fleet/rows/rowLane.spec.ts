import { describe, expect, it } from "vitest";
import { now, summary } from "../../shell/summary.fixture.ts";
import { type LaneSegment, rowLane } from "./rowLane.ts";

const hour = 3_600_000;
const idle = (from: number, to: number): LaneSegment => ({
  kind: "state",
  state: "UPGRADE_STATE_IDLE",
  from,
  to,
});
const preparing = summary({
  state: "UPGRADE_STATE_PREPARING",
  verdict: "running",
  stateSince: now - hour,
  observedAt: now,
});

describe("a row's lane", () => {
  it("carries the lane that was asked for a while ago on to now", () => {
    const told = [idle(now - 8 * hour, now - 2 * hour)];
    const { pieces } = rowLane(preparing, told, now, 4, "UTC");
    expect(pieces.map(({ start, end }) => [start, end])).toEqual([
      [0, 0.5],
      [0.75, 1],
    ]);
    expect(pieces.map(({ isThin }) => isThin)).toEqual([true, false]);
  });

  it("shows a silence at once, though it began after the moment to which the lane is drawn", () => {
    const silent = summary({ ...preparing, link: "outage", linkSince: now + 20_000 });
    const { pieces, words } = rowLane(silent, [idle(now - 8 * hour, now)], now, 4, "UTC");
    expect(pieces.at(-1)).toMatchObject({ start: 1, end: 1 });
    expect(words).toContain("No answer");
  });

  it("stretches the state that goes on, to the last answer and no further", () => {
    const told: LaneSegment[] = [
      { kind: "state", state: "UPGRADE_STATE_PREPARING", from: now - hour, to: now - hour / 2 },
    ];
    const heard = { ...preparing, observedAt: now - hour / 4 };
    expect(rowLane(heard, told, now, 1, "UTC").pieces).toMatchObject([{ start: 0, end: 0.75 }]);
  });

  it("leaves bare what lies before the first record", () => {
    const [bare, heard] = rowLane(preparing, [], now, 4, "UTC").pieces;
    expect(bare).toMatchObject({ start: 0, end: 0.75 });
    expect(bare?.className).toContain("hatch-unobserved");
    expect(heard).toMatchObject({ start: 0.75, end: 1 });
  });

  it("draws silence as silence, from its own begin", () => {
    const out = { ...preparing, link: "outage", linkSince: now - hour / 2 } as const;
    const told: LaneSegment[] = [
      { kind: "state", state: "UPGRADE_STATE_PREPARING", from: now - hour, to: now - hour / 2 },
    ];
    const { pieces, words } = rowLane(out, told, now, 1, "UTC");
    expect(pieces[1]?.className).toContain("hatch-outage");
    expect(words).toBe("Preparing from 13:07, No answer from 13:37");
  });

  it("colours idle as upgraded only after the proof", () => {
    const done = summary({ verdict: "done", run: { from: now - 2 * hour, to: now - hour } });
    const told = [idle(now - 3 * hour, now - 2 * hour), idle(now - hour, now)];
    const tones = rowLane(done, told, now, 6, "UTC").pieces.map(({ className }) => className);
    expect(tones.at(-2)).toContain("tone-idle");
    expect(tones.at(-1)).toContain("tone-done");
  });

  it("says that nothing is on record, and never that it was idle then", () => {
    const unseen = summary({ link: "unseen", state: null });
    const { pieces, words } = rowLane(unseen, undefined, now, 6, "UTC");
    expect(pieces.map(({ className }) => className)).toEqual([
      "tone-idle hatch-unobserved text-muted",
    ]);
    expect(words).toBe("Nothing on record");
  });
});
