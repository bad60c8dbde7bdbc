import { describe, expect, it } from "vitest";
import type { Length } from "../../../upgrade/comparison/length.ts";
import { minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { Story } from "../../../upgrade/testing/story.ts";
import { detailOf } from "../testing.ts";
import { differenceWords, lengthRows, lengthWords, otherRows } from "./words.ts";

function upgrade(preparingMs: number): Story {
  const story = new Story().heard("idle").heard("preparing", preparingMs, [0, 100]);
  story.heard("committing", 20 * secondMs).silent(minuteMs);
  return story.heard("idle");
}

describe("two upgrades in words", () => {
  it("tell each state of both and what is certain of the difference", () => {
    const faulty = new Story();
    faulty.error = "no space";
    faulty
      .heard("idle")
      .heard("preparing", 374 * secondMs, [0, 100])
      .heard("idle");
    const rows = lengthRows(detailOf(upgrade(10 * minuteMs + 24 * secondMs)), detailOf(faulty));
    expect(rows.map(({ what, first, second, difference }) => [what, first, second, difference]))
      .toMatchInlineSnapshot(`
      [
        [
          "Preparing",
          "10:24",
          "06:14",
          "4 min 10 s longer",
        ],
        [
          "Committing",
          "19 s to 01:21",
          "—",
          "only A",
        ],
        [
          "All of it",
          "10:43 to 11:45",
          "06:14",
          "4 min 28 s to 5 min 32 s longer",
        ],
      ]
    `);
    const other = otherRows(detailOf(upgrade(minuteMs)), detailOf(faulty));
    expect(other.map(({ what, first, second, difference }) => [what, first, second, difference]))
      .toMatchInlineSnapshot(`
      [
        [
          "Away as expected",
          "01:00",
          "—",
          "only A",
        ],
        [
          "Errors",
          "0",
          "1",
          "1 fewer",
        ],
        [
          "Oddities",
          "0",
          "0",
          "as many",
        ],
      ]
    `);
  });

  it.each<[Partial<Length>, string]>([
    [{ exact: true }, "1:00"],
    [{ exact: true, open: true, mostMs: null }, "1:00 so far"],
    [{}, "50 s to 1:10"],
    [{ mostMs: null }, "≥ 50 s"],
    [{ leastMs: 0 }, "≤ 1:10"],
  ])("say of the length %j that it is %s", (change, words) => {
    const length = { ms: minuteMs, leastMs: 50 * secondMs, mostMs: 70 * secondMs };
    const told = lengthWords({ ...length, exact: false, open: false, ...change });
    expect(told.replace("01:", "1:").replace("01:", "1:")).toBe(words);
  });

  it("never call faster what may be as slow", () => {
    const unclear = { kind: "unclear", shorterByMs: 4500, longerByMs: null } as const;
    expect([
      differenceWords({ kind: "longer", ms: 250_000, leastMs: 1, mostMs: 2, exact: true }),
      differenceWords({ kind: "shorter", ms: 9, leastMs: 61_000, mostMs: 125_500, exact: false }),
      differenceWords({ kind: "longer", ms: 9, leastMs: 61_000, mostMs: null, exact: false }),
      differenceWords({ kind: "same", withinMs: 2100 }),
      differenceWords(unclear),
      differenceWords({ ...unclear, longerByMs: 3000 }),
      differenceWords({ ...unclear, shorterByMs: null }),
      differenceWords({ kind: "only-first" }),
    ]).toEqual([
      "4 min 10 s longer",
      "1 min 1 s to 2 min 6 s shorter",
      "at least 1 min 1 s longer",
      "the same to within 3 s",
      "may be none: at most 5 s shorter",
      "may be none: at most 5 s shorter, at most 3 s longer",
      "not known",
      "only A",
    ]);
  });
});
