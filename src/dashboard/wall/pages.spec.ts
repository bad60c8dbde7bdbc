import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attention, attentions } from "../../upgrade/verdictNames.ts";
import { moreWords, pageOf, pageWords, turnsOf } from "./pages.ts";

type Some = { readonly name: string; readonly attention: Attention };

/** As many clusters that need someone, and that don't, sorted as a wall sorts them. */
function fleet(inNeed: number, others: number): readonly Some[] {
  const some = (count: number, attention: Attention) =>
    Array.from({ length: count }, (_, at) => ({ name: `${attention}-${at}`, attention }));
  return [...some(inNeed, "act"), ...some(others, "none")];
}

const namesOn = (clusters: readonly Some[], places: number, page: number) =>
  pageOf(turnsOf(clusters, places), page).tiles.map(({ name }) => name);

describe("the pages of a wall", () => {
  it("are one where all find a place", () => {
    const turns = turnsOf(fleet(12, 0), 12);
    expect(turns).toEqual({ kept: [], pages: [fleet(12, 0)] });
    expect(pageOf(turns, 3)).toEqual({ tiles: fleet(12, 0), moreInNeed: 0 });
    expect(turnsOf([], 12).pages).toEqual([[]]);
  });

  it("keep the ones that need someone on screen and turn the others in what is left", () => {
    const clusters = fleet(1, 4);
    expect([0, 1, 2].map((page) => namesOn(clusters, 3, page))).toEqual([
      ["act-0", "none-0", "none-1"],
      ["act-0", "none-2", "none-3"],
      ["act-0", "none-0", "none-1"],
    ]);
  });

  it.each([
    [12, 9],
    [10, 7],
    [4, 3],
    [3, 2],
    [2, 1],
    [1, 0],
  ])("of %d places keep at most %d", (places, kept) => {
    expect(turnsOf(fleet(40, 10), places).kept).toHaveLength(kept);
  });

  it("tell how many that need someone are not among them, and turn those first", () => {
    const turns = turnsOf(fleet(16, 10), 12);
    expect(turns.pages.map((page) => page.map(({ name }) => name)).slice(0, 3)).toEqual([
      ["act-9", "act-10", "act-11"],
      ["act-12", "act-13", "act-14"],
      ["act-15", "none-0", "none-1"],
    ]);
    expect([0, 1, 2, 3].map((page) => pageOf(turns, page).moreInNeed)).toEqual([4, 4, 6, 7]);
    expect(moreWords({ moreInNeed: 7 })).toBe("and 7 more need someone");
    expect(moreWords({ moreInNeed: 1 })).toBe("and 1 more needs someone");
    expect(moreWords({ moreInNeed: 0 })).toBe("");
  });

  it("say how many are shown, and which page it is, where there are several", () => {
    const turns = turnsOf(fleet(0, 14), 12);
    const words = (page: number) => pageWords(pageOf(turns, page), page, turns.pages.length, 14);
    expect(words(0)).toEqual(["12 of 14 shown", "page 1 of 2"]);
    expect(words(1)).toEqual(["2 of 14 shown", "page 2 of 2"]);
    expect(words(2)).toEqual(words(0));
    expect(pageWords({ tiles: fleet(0, 5) }, 0, 1, 5)).toEqual([]);
  });

  it("show every cluster in a round, the urgent on every page, and never more than there are places", () => {
    const some = fc.record({ attention: fc.constantFrom(...attentions) });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 80 }),
        fc.integer({ min: 1, max: 48 }),
        (all, places) => {
          const urgency = attentions.toReversed();
          const clusters = all
            .map(({ attention }, at) => ({ attention, name: String(at) }))
            .sort(
              (one, other) => urgency.indexOf(one.attention) - urgency.indexOf(other.attention),
            );
          const turns = turnsOf(clusters, places);
          const inNeed = clusters.filter(({ attention }) => attention !== "none");
          const round = turns.pages.map((_, page) => pageOf(turns, page));
          expect(new Set(round.flatMap(({ tiles }) => tiles))).toEqual(new Set(clusters));
          for (const { tiles, moreInNeed } of round) {
            expect(tiles.length).toBeLessThanOrEqual(places);
            expect(tiles.slice(0, turns.kept.length)).toEqual(turns.kept);
            const shown = tiles.filter(({ attention }) => attention !== "none").length;
            expect(shown + moreInNeed).toBe(inNeed.length);
          }
          // Whoever needs someone is out of sight for a while only where the kept places are all taken.
          const areAllKept = round.every(({ moreInNeed }) => moreInNeed === 0);
          const room = places - Math.ceil(places / 4);
          expect(areAllKept).toBe(inNeed.length <= room || turns.pages.length === 1);
        },
      ),
    );
  });
});
