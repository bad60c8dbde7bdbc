import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, minute, polls, second, start, Story } from "../../../upgrade/testing/story.ts";
import { timeline } from "../../../upgrade/timeline.ts";
import { bandEnd, bandName, linkBands, stateBands } from "./lane.ts";

const axis = { from: start, to: start + 30 * minute };

function names(story: Story, on = axis): readonly string[] {
  return stateBands(timeline(story.spans).states, on).map((band) =>
    bandName(band, story.now - second, story.now, "UTC"),
  );
}

describe("bands", () => {
  it("are named by state, times and duration; the open one goes on to now", () => {
    const story = new Story().heard("idle", minute).heard("preparing", 5 * minute, [0, 40]);
    expect(names(story)).toEqual([
      "Idle, at latest 12:00:00 to 12:01:00, ≥ 01:00",
      "Preparing, 12:01:00 to now, 04:59",
    ]);
  });

  it("end with the last answer once nobody hears of them any more", () => {
    const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 40]);
    const band = stateBands(timeline(story.spans).states, axis).at(-1);
    const heardAt = story.now - second;
    expect(band && bandName(band, heardAt, story.now + minute, "UTC", false)).toBe(
      "Preparing, 12:01:00, not heard since 12:01:59, 59 s",
    );
    expect(band && bandEnd(band, heardAt, story.now, "UTC", true)).toBe("now");
    const silent = { to: null, fill: "outage" } as const;
    expect(bandEnd(silent, start, start + minute, "UTC", false)).toBe("not known since 12:00:00");
    expect(bandEnd(silent, start, start, "UTC", false)).toBe("now");
  });

  it("bound a missed state by the answers around it, and say that it was not seen", () => {
    const story = new Story().heard("preparing", minute, [0, 97]);
    story.version = "7.2.3";
    expect(names(story.heard("idle")).slice(1, 3)).toEqual([
      "Committing, 12:00:59 to 12:01:00, ≤ 1 s, not seen",
      "Committed, 12:00:59 to 12:01:00, ≤ 1 s, not seen",
    ]);
  });

  it("hatch an expected absence in the colour of its state, an outage crossed and red", () => {
    const away = new Story().heard("committed", minute).silent(minute);
    expect(stateBands(timeline(away.spans).states, axis).at(-1)).toMatchObject({
      word: "Away as expected after Committed",
      fill: "away",
      tone: "committed",
      to: null,
    });
    const outage = new Story().heard("idle", minute).silent(minute);
    expect(stateBands(timeline(outage.spans).states, axis).at(-1)).toMatchObject({
      fill: "outage",
      tone: "act",
      shape: "cross",
      note: "refused",
    });
  });

  it("give an unknown state a face that no healthy state has", () => {
    const { spans } = new Story().heardRaw("UPGRADE_STATE_VERIFYING", minute);
    expect(stateBands(timeline(spans).states, axis)[0]).toMatchObject({
      word: "Unrecognised: UPGRADE_STATE_VERIFYING",
      shape: "question",
      tone: "unseen",
    });
  });

  it("leave what lies before the first poll on record unobserved, in both lanes", () => {
    const { spans } = new Story().heard("idle", minute);
    const early = { from: start - minute, to: start + minute };
    const { states, link } = timeline(spans);
    for (const bands of [stateBands(states, early), linkBands(link, early)]) {
      expect(bands[0]).toMatchObject({ fill: "unobserved", from: start - minute, to: start });
    }
  });

  it("stay on the axis and never overlap, but where a missed state lies over a gap", () => {
    fc.assert(
      fc.property(polls, (observations) => {
        const { states } = timeline(fold([], observations));
        let end = 0;
        for (const band of stateBands(states, axis)) {
          expect(band.start).toBeGreaterThanOrEqual(0);
          expect(band.end).toBeLessThanOrEqual(1);
          expect(band.end).toBeGreaterThanOrEqual(band.start);
          if (!band.inferred) {
            expect(band.start).toBeGreaterThanOrEqual(end - 1e-9);
            end = band.end;
          }
        }
      }),
    );
  });

  it("leave the missed states bare that lie over a gap, side by side", () => {
    const story = new Story().heard("preparing", minute, [0, 97]).silent(minute);
    story.version = "7.2.3";
    const bands = stateBands(timeline(story.heard("idle").spans).states, axis);
    const missed = bands.filter(({ inferred }) => inferred);
    expect(missed.map(({ label }) => label)).toEqual(["", ""]);
    expect(missed[0]?.end).toBe(missed[1]?.start);
  });

  it("thin a crowded lane without hiding an outage in it", () => {
    const story = new Story();
    for (let turn = 0; turn < 200; turn += 1) {
      story.heard("idle", 4 * second).silent(4 * second);
    }
    const day = { from: start - 23 * 60 * minute, to: start + 60 * minute };
    const bands = stateBands(timeline(story.spans).states, day);
    expect(bands.length).toBeLessThan(60);
    expect(bands.some(({ fill, merged }) => fill === "outage" && merged > 0)).toBe(true);
  });
});
