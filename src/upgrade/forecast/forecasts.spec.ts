import { describe, expect, it } from "vitest";
import type { EarlierRun } from "../runs/earlierRun.ts";
import { type Situation, situationOf } from "../situation.ts";
import type { UpgradeSettings } from "../status.ts";
import { heardOf } from "../testing/heardUpgrade.ts";
import { minute, rollingSettings, second, softwareSettings, start } from "../testing/story.ts";
import { earlierOf, partsOf, type Upgrade } from "../testing/upgrades.ts";

/** An upgrade of ten minutes of even preparation, a commit of 20 s, and 40 s until it is back. */
const upgrade = (change: Partial<Upgrade> = {}): Upgrade => ({
  shape: "linear",
  settings: softwareSettings,
  percentAt: Array.from({ length: 101 }, (_, percent) => percent * 6 * second),
  preparingMs: 10 * minute + second,
  committingMs: 20 * second,
  committedMs: 3 * second,
  awayMs: 40 * second,
  nodesMs: [],
  ...change,
});
const rolling = { settings: rollingSettings, nodesMs: [5, 5, 5, 5].map((each) => each * minute) };
const past = (count: number, change: Partial<Upgrade> = {}): readonly EarlierRun[] =>
  Array.from({ length: count }, (_, place) => earlierOf(upgrade(change), place));

function forecasts(
  of: Upgrade,
  afterMs: number,
  earlier: readonly EarlierRun[],
): Situation["forecasts"] {
  const surroundings = { startedAt: start, addresses: 1, blockedReason: null };
  const { spans, reboot } = heardOf(of, start, afterMs);
  return situationOf(spans, { ...surroundings, reboot, past: { cluster: "own", earlier } })
    .forecasts;
}

describe("forecasts from earlier upgrades", () => {
  it("tell the end of the preparation and of the whole, and name what they rest on", () => {
    const { state, whole } = forecasts(upgrade(), 5 * minute, past(7));
    expect(((state?.likely ?? 0) - start) / minute).toBeCloseTo(10, 1);
    expect(whole?.likely).toBeCloseTo(start + partsOf(upgrade()).end, -3);
    expect(whole?.runs).toBe(7);
    expect(whole?.basis).toBe("7 earlier upgrades of this kind on this cluster");
    expect(whole?.latest).toBeGreaterThan(whole?.likely ?? 0);
  });

  it("know that the second half of a preparation has always taken longer", () => {
    const percentAt = Array.from(
      { length: 101 },
      (_, percent) => (percent / 100) ** 2 * 10 * minute,
    );
    const { state } = forecasts(upgrade({ percentAt }), 2.5 * minute, past(5, { percentAt }));
    expect(((state?.likely ?? 0) - start) / minute).toBeCloseTo(10, 0);
  });

  it("scale with the pace of this one", () => {
    const percentAt = Array.from({ length: 101 }, (_, percent) => percent * 12 * second);
    const slow = upgrade({ percentAt, preparingMs: 20 * minute + second });
    const { state } = forecasts(slow, 10 * minute, past(5));
    const leftMs = (state?.likely ?? 0) - (start + 10 * minute);
    expect(leftMs).toBeGreaterThan(7 * minute);
    expect(leftMs).toBeLessThan(11 * minute);
  });

  it("claim no end beyond a person, only how long it takes from the commit on", () => {
    const settings: UpgradeSettings = { ...softwareSettings, auto_commit: false };
    const { state, whole, afterCommit } = forecasts(upgrade({ settings }), 5 * minute, past(3));
    expect(state).not.toBeNull();
    expect(whole).toBeNull();
    expect(afterCommit?.likelyMs).toBeCloseTo(63 * second, -1);
    expect(afterCommit?.runs).toBe(3);
  });

  it("rest only on those that went through it, and were proven for what follows the commit", () => {
    const [run] = past(1);
    const abandoned = past(4).map((each) => ({ ...each, outcome: "not-committed" as const }));
    const { state, whole } = forecasts(upgrade(), 5 * minute, abandoned);
    expect(state?.runs).toBe(4);
    expect(whole).toBeNull();
    const gap = run === undefined ? [] : [{ ...run, exact: false }];
    expect(forecasts(upgrade(), 5 * minute, gap).whole).toBeNull();
  });

  it("count nodes in a rolling reboot, by earlier ones and by those of this one", () => {
    const slower = upgrade({ ...rolling, nodesMs: [7, 7, 7, 7].map((each) => each * minute) });
    const { back } = partsOf(slower);
    const first = forecasts(slower, back + second, past(5, rolling));
    expect(((first.whole?.likely ?? 0) - start - back) / minute).toBeCloseTo(20, 1);
    const third = forecasts(slower, back + 14 * minute + second, past(5, rolling));
    const leftMs = (third.whole?.likely ?? 0) - start - back - 14 * minute;
    expect(leftMs / minute).toBeGreaterThan(11);
    expect(leftMs / minute).toBeLessThan(14);
    expect(third.whole?.basis).toMatch(/^the nodes of 5 earlier .* and 2 of this reboot$/);
    const unheard = past(5, rolling).map((run) => ({ ...run, perNodeMs: [], nodes: null }));
    const shared = forecasts(slower, back + second, unheard);
    expect(((shared.whole?.likely ?? 0) - start - back) / minute).toBeCloseTo(20, 1);
    const alone = forecasts(slower, back + 14 * minute + second, []);
    expect(((alone.whole?.likely ?? 0) - start - back) / minute).toBeCloseTo(28, 1);
    expect(alone.whole?.runs).toBe(0);
  });

  it("go on through the absence after the commit", () => {
    const { away } = partsOf(upgrade());
    const { whole } = forecasts(upgrade(), away + 5 * second, past(3));
    expect(whole?.likely).toBeCloseTo(start + partsOf(upgrade()).end, -3);
  });

  it("are wider by what was not heard of the begin of a state, and none where nothing was heard before it", () => {
    const of = upgrade(rolling);
    const { away, back, end } = partsOf(of);
    const { spans } = heardOf(of, start, back + 6 * minute);
    const surroundings = { startedAt: start, addresses: 1, blockedReason: null, reboot: null };
    const asked = { ...surroundings, past: { cluster: "own", earlier: past(5, rolling) } };
    const { state, whole } = situationOf(spans, asked).forecasts;
    expect(state?.basis).toMatch(/^5 earlier upgrades .*; its begin was not heard$/);
    for (const forecast of [state, whole]) {
      const offMs = (forecast?.likely ?? 0) - start - end;
      expect(Math.abs(offMs)).toBeLessThan((back - away) / 2 + second);
      expect(forecast?.earliest).toBeLessThan(start + end);
      expect(forecast?.latest).toBeGreaterThan(start + end + (back - away) / 2);
    }
    const fromReboot = spans.filter(({ from }) => from >= start + back);
    expect(situationOf(fromReboot, asked).forecasts.state).toBeNull();
  });

  it("fall back to the pace of this run, which knows nothing of what follows", () => {
    const { state, whole } = forecasts(upgrade(), 5 * minute, []);
    expect(state?.basis).toMatch(/^the pace of this run/);
    expect(whole).toBeNull();
  });

  it("are none after the end, and none where nothing was measured", () => {
    expect(forecasts(upgrade(), -second, past(5)).state).toBeNull();
    const { committing } = partsOf(upgrade());
    expect(forecasts(upgrade(), committing + second, []).whole).toBeNull();
  });
});

describe("what verdicts rest on", () => {
  it("is never fewer than five earlier upgrades, of its own kind and cluster", () => {
    const { slowBy, stillness } = forecasts(upgrade(), 5 * minute, past(5));
    expect(slowBy?.runs).toBe(5);
    expect(stillness?.longestMs).toBe(6 * second);
    const four = forecasts(upgrade(), 5 * minute, past(4));
    expect(four.slowBy?.runs).toBe(0);
    expect(four.stillness).toBeNull();
    const others = past(9).map((each) => ({ ...each, cluster: "other" }));
    expect(forecasts(upgrade(), 5 * minute, others).stillness).toBeNull();
  });

  it("is with fewer the pace of this run, but not while those give it more time", () => {
    const slower = past(3, {
      percentAt: upgrade().percentAt.map((at) => at * 4),
      preparingMs: 41 * minute,
    });
    const { state, slowBy } = forecasts(upgrade(), 5 * minute, slower);
    expect(slowBy?.runs).toBe(0);
    expect(slowBy?.latest).toBeGreaterThanOrEqual(state?.latest ?? Number.POSITIVE_INFINITY);
  });
});
