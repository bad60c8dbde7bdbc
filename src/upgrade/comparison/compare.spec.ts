import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../runs/digest.ts";
import { runRecords } from "../runs/record.ts";
import { minute, rollingSettings, second, Story } from "../testing/story.ts";
import { compareRuns } from "./compare.ts";
import { type Difference, differenceOf, type Length } from "./length.ts";

function run(story: Story) {
  const record = runRecords(story.spans).at(-1);
  if (record === undefined) {
    throw new Error("no run");
  }
  return digestOf(record, story.spans);
}

function upgrade(preparingMs: number): Story {
  const story = new Story()
    .heard("idle")
    .heard("preparing", preparingMs, [0, 100])
    .heard("committing", 30 * second)
    .silent(minute);
  story.version = "7.2.3";
  return story.heard("idle");
}

const differences = (first: Story, second: Story) => {
  const { states, total } = compareRuns(run(first), run(second));
  return [...states, total].map(({ what, difference }) => [
    what.replace("UPGRADE_STATE_", ""),
    difference,
  ]);
};

describe("two runs", () => {
  it("differ by state, as far as that is certain", () => {
    const found = Object.fromEntries(differences(upgrade(10 * minute), upgrade(6 * minute)));
    const exact = { kind: "longer", ms: 4 * minute, exact: true };
    expect(found["PREPARING"]).toEqual({
      ...exact,
      leastMs: 4 * minute - 2 * second,
      mostMs: 4 * minute + 2 * second,
    });
    // What the cluster did while it was away is not known of either of them.
    expect(found["COMMITTING"]).toEqual({
      kind: "unclear",
      shorterByMs: 62 * second,
      longerByMs: 62 * second,
    });
    expect(found["COMMITTED"]).toMatchObject({ kind: "unclear" });
    expect(found["total"]).toMatchObject({ kind: "longer", ms: 4 * minute });
  });

  it("do not differ where polls can't tell", () => {
    const found = Object.fromEntries(differences(upgrade(6 * minute), upgrade(361 * second)));
    expect(found["PREPARING"]).toEqual({ kind: "same", withinMs: 3 * second });
  });

  it("have no shorter state while one of them goes on", () => {
    const open = new Story().heard("idle").heard("preparing", minute, [0, 20]);
    const found = Object.fromEntries(differences(open, upgrade(6 * minute)));
    expect(found["PREPARING"]).toMatchObject({ kind: "unclear", longerByMs: null });
    expect(found["COMMITTING"]).toEqual({ kind: "only-second" });
    const slow = new Story().heard("idle").heard("preparing", 9 * minute, [0, 20]);
    expect(Object.fromEntries(differences(slow, upgrade(6 * minute)))["PREPARING"]).toMatchObject({
      kind: "longer",
      mostMs: null,
    });
  });

  it("may have begun before anything was heard", () => {
    const cut = new Story().heard("preparing", minute, [0, 100]).heard("committing").heard("idle");
    const found = Object.fromEntries(differences(cut, upgrade(6 * minute)));
    expect(found["PREPARING"]).toMatchObject({ kind: "unclear", longerByMs: null });
    expect(found["total"]).toMatchObject({ kind: "unclear", longerByMs: null });
  });

  it("differ in settings, waits and absences", () => {
    const waiting = new Story();
    waiting.settings = { ...rollingSettings, auto_commit: false };
    waiting
      .heard("idle")
      .heard("preparing", minute, [0, 100])
      .heard("prepared", 5 * minute)
      .heard("committing")
      .heard("idle");
    const found = compareRuns(run(waiting), run(upgrade(minute)));
    expect(found.settings?.map(({ name }) => name)).toEqual([
      "upgrade_type",
      "auto_commit",
      "do_rolling_reboot",
    ]);
    expect(found.waits).toMatchObject([
      {
        what: "person",
        first: { ms: 5 * minute },
        second: null,
        difference: { kind: "only-first" },
      },
    ]);
    expect(found.absences).toEqual([{ kind: "away", firstMs: 0, secondMs: minute }]);
  });
});

describe("a difference of two lengths", () => {
  /** A true length, and what might have been heard of it. */
  const lengths = fc
    .record({
      trueMs: fc.integer({ min: 0, max: 1000 }),
      below: fc.integer({ min: 0, max: 300 }),
      above: fc.option(fc.integer({ min: 0, max: 300 })),
      exact: fc.boolean(),
    })
    .map(({ trueMs, below, above, exact }): { trueMs: number; length: Length } => ({
      trueMs,
      length: {
        ms: Math.max(0, trueMs - below),
        leastMs: Math.max(0, trueMs - below),
        mostMs: above === null ? null : trueMs + above,
        exact,
        open: false,
      },
    }));

  it("is never told falsely, and the other way round is its opposite", () => {
    const opposite = { longer: "shorter", shorter: "longer", same: "same", unclear: "unclear" };
    fc.assert(
      fc.property(lengths, lengths, (first, second) => {
        const found = differenceOf(first.length, second.length);
        const truth = first.trueMs - second.trueMs;
        expect(holds(found, truth)).toBe(true);
        const turned = differenceOf(second.length, first.length);
        expect(turned?.kind).toBe(
          Object.entries(opposite).find(([kind]) => kind === found?.kind)?.[1],
        );
      }),
    );
  });
});

function holds(found: Difference | null, truth: number): boolean {
  switch (found?.kind) {
    case "longer":
      return truth >= found.leastMs && truth <= (found.mostMs ?? truth) && truth > 0;
    case "shorter":
      return -truth >= found.leastMs && -truth <= (found.mostMs ?? -truth) && truth < 0;
    case "same":
      return Math.abs(truth) <= found.withinMs;
    case "unclear":
      return truth >= -(found.shorterByMs ?? -truth) && truth <= (found.longerByMs ?? truth);
    case "only-first":
    case "only-second":
    case undefined:
      return false;
  }
}
