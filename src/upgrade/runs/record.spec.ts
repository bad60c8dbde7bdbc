import { describe, expect, it } from "vitest";
import {
  hour,
  minute,
  rollingSettings,
  second,
  softwareSettings,
  start,
  Story,
} from "../testing/story.ts";
import { type RunRecord, runRecords } from "./record.ts";

const manual = { ...rollingSettings, auto_commit: false };

/** An upgrade that a person commits after ten minutes, away for a minute in the commit. */
const committedByHand = (): Story => {
  const story = new Story();
  story.settings = manual;
  story
    .heard("idle", minute)
    .heard("preparing", 5 * minute, [0, 100])
    .heard("prepared", 10 * minute)
    .heard("committing", 30 * second)
    .silent(minute)
    .heard("rebooting", 20 * minute);
  story.version = "7.2.3";
  return story.heard("idle", minute);
};

const only = (story: Story): RunRecord => {
  const [record, ...others] = runRecords(story.spans);
  expect(others).toEqual([]);
  if (record === undefined) {
    throw new Error("no run");
  }
  return record;
};

const staysOf = ({ states }: RunRecord) =>
  states.map(({ state, inferred, leastMs, mostMs, fromExact, toExact }) => [
    state.slice(14),
    inferred,
    leastMs / second,
    mostMs === null ? null : mostMs / second,
    fromExact && toExact,
  ]);

describe("the record of a run", () => {
  it("tells from which version to which, when, and what proves it", () => {
    const record = only(committedByHand());
    expect(record).toMatchObject({
      id: "20261123T120100000Z",
      from: start + minute,
      fromExact: true,
      to: start + minute + 36.5 * minute,
      toExact: true,
      toWatched: true,
      fromVersion: "7.1.4",
      targetVersion: "7.2.3",
      outcome: { kind: "proven" },
      proof: { version: "7.2.3", readAt: start + 37.5 * minute },
      prepare: "committed",
    });
  });

  it("gives each state its time: measured to a poll on either side, or inferred between two answers", () => {
    expect(staysOf(only(committedByHand()))).toEqual([
      ["PREPARING", false, 299, 301, true],
      ["PREPARED", false, 599, 601, true],
      ["COMMITTING", false, 29, 91, false],
      ["COMMITTED", true, 0, 61, false],
      ["REBOOTING", false, 1199, 1261, false],
    ]);
  });

  it("tells who was waited for: a person to commit, and nodes to come back", () => {
    const { waits } = only(committedByHand());
    expect(waits.map((wait) => [wait.for, wait.ms / second, wait.open])).toEqual([
      ["person", 600, false],
      ["nodes", 1200, false],
    ]);
    const alone = new Story().heard("idle").heard("prepared", minute);
    expect(only(alone).waits).toEqual([]);
  });

  it("keeps the settings that it was prepared with, whatever it reports after the commit", () => {
    const told = (after: Story["settings"], until: Story["settings"] = manual): RunRecord => {
      const story = new Story();
      story.settings = until;
      story
        .heard("idle")
        .heard("preparing", minute, [0, 100])
        .heard("prepared", 10 * minute);
      story.heard("committing", minute);
      story.settings = after;
      return only(story.heard("rebooting", 20 * minute).heard("idle"));
    };
    for (const after of [rollingSettings, null]) {
      const { settings, waits } = told(after);
      expect(settings).toEqual(manual);
      expect(waits.map((wait) => [wait.for, wait.ms / minute])).toEqual([
        ["person", 10],
        ["nodes", 20],
      ]);
    }
    expect(told(manual, null).settings).toEqual(manual);
  });

  it("counts a wait for a person only while one had to commit", () => {
    const story = new Story();
    story.settings = rollingSettings;
    story
      .heard("idle")
      .heard("preparing", minute, [0, 100])
      .heard("prepared", 2 * minute);
    for (const [settings, minutes] of [
      [manual, 5],
      [null, 1],
      [rollingSettings, 3],
    ] as const) {
      story.settings = settings;
      story.heard("prepared", minutes * minute);
    }
    const { waits, states } = only(story.heard("committing", minute));
    expect(waits.map((wait) => [wait.for, wait.ms / minute, wait.open])).toEqual([
      ["person", 6, false],
    ]);
    expect(states.map(({ measuredMs }) => measuredMs / minute)).toEqual([1, 11, 1 - 1 / 60]);
  });

  it("knows that a person was awaited unheard, by what was set before", () => {
    const story = new Story();
    story.settings = manual;
    story.heard("idle").heard("preparing", minute, [0, 100]).unwatched(minute);
    story.settings = rollingSettings;
    const { states, waits } = only(story.heard("rebooting", minute));
    expect(states.map(({ state }) => state.slice(14))).toContain("PREPARED");
    expect(waits.map((wait) => wait.for)).toEqual(["person", "nodes"]);
  });

  it("names every absence with its reason", () => {
    const story = new Story()
      .heard("idle")
      .heard("preparing", minute, [0, 30])
      .silent(second, { kind: "timeout", message: "no answer within 5 s" })
      .heard("preparing", minute, [30, 60])
      .silent(minute)
      .heard("preparing", minute, [60, 100])
      .unwatched(hour)
      .heard("committing", minute)
      .silent(6 * minute, { kind: "reset", message: "reset" });
    const { absences } = only(story);
    expect(
      absences.map(({ kind, from, to, state, failure, polls: failed }) => [
        kind,
        (to - from) / second,
        state.slice(14),
        failure?.kind ?? null,
        failed,
      ]),
    ).toEqual([
      ["missed", 1, "PREPARING", "timeout", 1],
      ["outage", 60, "PREPARING", "refused", 60],
      ["unobserved", 3601, "PREPARING", null, 0],
      ["away", 300, "COMMITTING", "reset", 360],
      ["outage", 59, "COMMITTING", "reset", 0],
    ]);
  });

  it("keeps an error after it was cleared, and one that the idle after still reports", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 30]);
    story.error = "no space";
    story.heard("preparing", minute, [30, 30]);
    story.error = null;
    story.heard("preparing", minute, [30, 60]);
    story.error = "disk failure";
    story.heard("idle", minute);
    expect(
      only(story).errors.map(({ text, firstSeen, lastSeen, holds }) => [
        text,
        (lastSeen - firstSeen) / second,
        holds,
      ]),
    ).toEqual([
      ["no space", 59, false],
      ["disk failure", 59, true],
    ]);
  });

  it("counts what it rests on, and never what is inferred as measured", () => {
    const story = new Story()
      .heard("idle")
      .heard("preparing", minute, [0, 30])
      .unwatched(9 * minute)
      .heard("preparing", minute, [60, 90])
      .silent(2 * second)
      .heard("preparing", minute, [90, 99])
      .silent(minute);
    story.version = "7.2.3";
    const { sampling, states } = only(story.heard("idle"));
    expect(sampling).toEqual({
      polls: 242,
      failedPolls: 62,
      gaps: 1,
      restarts: 1,
      longestGapMs: 9 * minute + second,
      wallMs: 13 * minute + 2 * second,
      measuredMs: 3 * minute - second,
      inferredMs: 9 * minute + 3 * second,
      unheardMs: minute,
      inferredShare: (9 * minute + 3 * second) / (13 * minute + 2 * second),
    });
    expect(states[0]).toMatchObject({ measuredMs: 179 * second, inferredMs: 543 * second });
  });

  it("does not infer a preparation through a gap after which it began anew", () => {
    const story = new Story().heard("preparing", minute, [0, 80]).unwatched(minute);
    const { sampling } = only(story.heard("preparing", minute, [10, 20]));
    expect([sampling.inferredMs, sampling.unheardMs]).toEqual([0, minute + second]);
  });

  it("says how long a state stood still", () => {
    const story = new Story()
      .heard("idle")
      .heard("preparing", 10 * second, [0, 9])
      .heard("preparing", minute, [10, 10])
      .silent(4 * second)
      .heard("preparing", 20 * second, [10, 10])
      .heard("preparing", 10 * second, [11, 20])
      .heard("committing", 5 * second);
    expect(only(story).states.map(({ longestStillMs }) => longestStillMs / second)).toEqual([
      84, 4,
    ]);
  });
});

describe("prepares that lead to no commit", () => {
  const target = (story: Story, version: string): Story => {
    story.settings = { ...softwareSettings, target_version: version };
    return story;
  };

  it("tells one that was abandoned, and that the next prepares the same again", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]).heard("idle");
    story.heard("preparing", minute, [0, 50]).heard("idle");
    target(story, "7.4.0").heard("preparing", minute, [0, 50]);
    const [first, second, third] = runRecords(story.spans);
    expect([first, second, third].map((run) => run?.prepare)).toEqual([
      "abandoned",
      "abandoned",
      "begun",
    ]);
    expect([first?.repeats, first?.repeatedBy]).toEqual([null, second?.id]);
    expect([second?.repeats, second?.repeatedBy]).toEqual([first?.id, null]);
    expect([third?.repeats, third?.repeatedBy]).toEqual([null, null]);
  });

  it("tells one that was abandoned for another target", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
    target(story, "7.2.4").heard("preparing", minute, [0, 50]);
    expect(runRecords(story.spans).map(({ prepare }) => prepare)).toEqual(["abandoned", "begun"]);
  });
});
