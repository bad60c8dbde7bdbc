import { describe, expect, it } from "vitest";
import { minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { now, summary } from "../summary.fixture.ts";
import {
  advance,
  badgeOf,
  type Cue,
  type CueAbout,
  type CueMemory,
  cueKindOf,
  occurrenceOf,
  titleMark,
  unacknowledged,
} from "./cues.ts";

const idle = summary({ id: "one", name: "One" });
const running = summary({ id: "one", name: "One", verdict: "running" });
const failed = summary({ id: "one", name: "One", verdict: "failed", attention: "act" });
const waiting = summary({ id: "one", name: "One", verdict: "waiting", attention: "person" });
const late = summary({ id: "one", name: "One", verdict: "late", attention: "look" });
const done = summary({ id: "one", name: "One", verdict: "done" });
const outage = summary({
  id: "one",
  name: "One",
  verdict: "outage",
  attention: "act",
  link: "outage",
  linkSince: now,
});

/** The kinds of the cues that a screen gives at each moment, in seconds from now. */
function heard(
  moments: readonly (readonly [seconds: number, ...abouts: readonly CueAbout[]])[],
  acknowledged: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  let memory: CueMemory = new Map();
  return moments.flatMap(([seconds, ...abouts]) => {
    const step = advance(memory, abouts, acknowledged, now + seconds * secondMs);
    memory = step.memory;
    return step.cues.map((cue: Cue) => `${seconds} ${cue.kind}`);
  });
}

describe("a cue", () => {
  it("is given for a change of verdict, once", () => {
    expect(
      heard([
        [0, running],
        [1, waiting],
        [2, waiting],
        [900, waiting],
      ]),
    ).toEqual(["1 person"]);
    expect(
      heard([
        [0, running],
        [1, done],
        [2, done],
      ]),
    ).toEqual(["1 done"]);
  });

  it("is not given for what holds when the screen is first looked at", () => {
    expect(
      heard([
        [0, waiting],
        [1, waiting],
        [600, waiting],
      ]),
    ).toEqual([]);
  });

  it("is repeated every minute for what asks to act, until it is acknowledged", () => {
    const moments = [
      [0, running],
      [1, failed],
      [2, failed],
      [60, failed],
      [61, failed],
      [62, failed],
      [121, failed],
    ] as const;
    expect(heard(moments)).toEqual(["1 act", "61 act", "121 act"]);
    expect(heard(moments, new Map([["one", occurrenceOf(failed)]]))).toEqual(["1 act"]);
  });

  it("comes again for another occurrence of what was acknowledged", () => {
    const again = { ...failed, stateSince: now + 5 * minuteMs };
    expect(occurrenceOf(again)).not.toBe(occurrenceOf(failed));
    expect(
      heard(
        [
          [0, failed],
          [61, failed],
          [300, running],
          [400, again],
          [460, again],
        ],
        new Map([["one", occurrenceOf(failed)]]),
      ),
    ).toEqual(["400 act", "460 act"]);
  });

  it("is never given for an expected absence, even where someone should look", () => {
    for (const attention of ["none", "look"] as const) {
      const away = summary({ id: "one", verdict: "away", attention, link: "away" });
      expect(
        heard([
          [0, running],
          [1, away],
          [900, away],
        ]),
      ).toEqual([]);
    }
  });

  it("is given for an outage only once it has lasted a minute", () => {
    expect(
      heard([
        [0, idle],
        [3, outage],
        [59, outage],
        [60, outage],
        [61, outage],
        [120, outage],
      ]),
    ).toEqual(["60 act", "120 act"]);
    expect(
      heard([
        [0, idle],
        [3, outage],
        [50, idle],
        [70, idle],
      ]),
    ).toEqual([]);
  });

  it("is given for an outage that was too young when the screen was first looked at", () => {
    expect(
      heard([
        [3, outage],
        [60, outage],
      ]),
    ).toEqual(["60 act"]);
  });

  it("does not come again and again for a verdict that comes and goes", () => {
    expect(
      heard([
        [0, running],
        [1, late],
        [2, running],
        [3, late],
        [4, running],
        [5, failed],
        [6, running],
        [7, failed],
        [302, running],
        [303, late],
      ]),
    ).toEqual(["1 look", "5 act", "303 look"]);
  });

  it("is given for each cluster by itself, and forgets those that are gone", () => {
    const other = { ...failed, id: "two", name: "Two" };
    expect(
      heard([
        [0, running, { ...other, verdict: "idle", attention: "none" }],
        [1, failed, other],
        [2, failed],
      ]),
    ).toEqual(["1 act", "1 act"]);
  });

  it("goes on after the server's clock was set back", () => {
    expect(
      heard([
        [0, running],
        [1, failed],
        [-3600, failed],
        [-3599, failed],
      ]),
    ).toEqual(["1 act", "-3600 act"]);
  });
});

describe("badge, title and what is to be acknowledged", () => {
  it("tell the most urgent, and nothing of what needs nobody", () => {
    expect(badgeOf([idle, done], now)).toBeNull();
    expect(badgeOf([idle, late, waiting], now)).toBe("person");
    expect(badgeOf([late, failed, waiting], now)).toBe("act");
    expect(badgeOf([outage], now + 59 * secondMs)).toBeNull();
    expect(badgeOf([outage], now + 60 * secondMs)).toBe("act");
  });

  it("name the one cluster that needs someone, or count them", () => {
    const two = { ...waiting, id: "two", name: "Two" };
    expect(titleMark([idle], now)).toBe("");
    expect(titleMark([idle, failed], now)).toBe("Failed: One");
    expect(titleMark([failed], now, "One")).toBe("Failed");
    expect(titleMark([failed, two], now)).toBe("2 need someone");
  });

  it("keep what was acknowledged on this screen apart", () => {
    const acknowledged = new Map([["one", occurrenceOf(failed)]]);
    expect(unacknowledged([failed, waiting], new Map(), now)).toEqual([failed]);
    expect(unacknowledged([failed], acknowledged, now)).toEqual([]);
    expect(cueKindOf(failed, now)).toBe("act");
  });
});
