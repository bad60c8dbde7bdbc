import { describe, expect, it } from "vitest";
import { minute, start, Story } from "../../../upgrade/testing/story.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { windowInAddress } from "../windowAddress.ts";
import { outlookRows } from "./outlook.ts";
import { localText, zonedMoment } from "../../shell/zonedMoment.ts";

const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
const at = (minutes: number): number => start + minutes * minute;
const ends = (earliest: number, likely: number, latest: number) => ({
  earliest: at(earliest),
  likely: at(likely),
  latest: at(latest),
  basis: "7 earlier upgrades of this kind on this cluster",
  runs: 7,
});
const told = (changes: Parameters<typeof statusOf>[1], windowEnd: number | null = null) =>
  outlookRows(statusOf(story, changes), windowEnd, "UTC").map(
    ({ name, value, note }) => `${name} ${value}: ${note}`,
  );

describe("the outlook", () => {
  it("names the basis of each forecast", () => {
    expect(told({ eta: ends(5, 8, 12), etaWhole: ends(7, 10, 15) })).toEqual([
      "Preparing over about 12:08 (12:05 – 12:12): By 7 earlier upgrades of this kind on this cluster",
      "Upgrade over about 12:10 (12:07 – 12:15): By 7 earlier upgrades of this kind on this cluster",
    ]);
  });

  it("claims nothing where nothing is known, and nothing of what is not in flight", () => {
    expect(told({})).toEqual(["Forecast none yet: Too little is known."]);
    expect(told({}, at(60))[1]).toBe(
      "Change window until 13:00: No forecast yet, so nobody can say.",
    );
    expect(told({ state: "UPGRADE_STATE_IDLE" }, at(60))).toEqual([]);
  });

  it("tells the last moment to commit", () => {
    const afterCommit = {
      earliestMs: minute,
      likelyMs: 2 * minute,
      latestMs: 5 * minute,
      basis: "3 earlier upgrades of this kind on this cluster",
      runs: 3,
    };
    const waiting = { state: "UPGRADE_STATE_PREPARED", afterCommit };
    expect(told(waiting, at(60))).toEqual([
      "After the commit about 2 min (1 min – 5 min): By 3 earlier upgrades of this kind on this cluster",
      "Change window until 13:00: Fits if committed now: over 53 min before the window ends, at the latest. Commit by 12:55 at the latest.",
    ]);
    expect(told(waiting, at(4))[1]).toMatch(/No commit is sure to fit any more\.$/);
  });
});

describe("a window in the address", () => {
  it("is a moment with its offset, or none", () => {
    expect(windowInAddress("2026-11-23T16:00:00Z")).toBe(Date.UTC(2026, 10, 23, 16));
    expect(windowInAddress("2026-11-23T16:00+01:00")).toBe(Date.UTC(2026, 10, 23, 15));
    for (const text of [null, "", "16:00", "2026-11-23", "2026-11-23T16:00", "2026-13-45T99:00Z"]) {
      expect(windowInAddress(text)).toBeNull();
    }
  });
});

describe("a time of day of a zone", () => {
  it.each([
    ["2026-11-23T16:00", "UTC", "2026-11-23T16:00:00.000Z"],
    ["2026-11-23T16:00", "Asia/Kolkata", "2026-11-23T10:30:00.000Z"],
    ["2026-07-01T02:00", "America/Los_Angeles", "2026-07-01T09:00:00.000Z"],
    // Twice, when daylight saving ends; never, when it begins.
    ["2026-10-25T01:30", "Europe/London", "2026-10-25T01:30:00.000Z"],
    ["2026-03-29T01:30", "Europe/London", "2026-03-29T01:30:00.000Z"],
  ])("%s in %s is one moment", (local, zone, iso) => {
    expect(new Date(zonedMoment(local, zone) ?? 0).toISOString()).toBe(iso);
  });

  it("comes back as it was given, and is none where it is no time", () => {
    expect(localText(Date.UTC(2026, 10, 23, 16, 0, 30), "Asia/Kolkata")).toBe("2026-11-23T21:30");
    expect(zonedMoment("tomorrow", "UTC")).toBeNull();
  });
});
