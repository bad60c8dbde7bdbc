import fc from "fast-check";
import { expect, it } from "vitest";
import type { Span } from "../../upgrade/span.ts";
import { histories } from "../../upgrade/testing/histories.ts";
import { idleSpan } from "../history/testing/spans.fixture.ts";
import { storedAs } from "../ledger.ts";
import { mergeHistories } from "./merge.ts";

const unwatched = (from: number, to: number): Span => ({
  kind: "unobserved",
  from,
  to,
  polls: 0,
  node: null,
  started: true,
});
const seconds = (...of: readonly number[]): readonly Span[] => of.map((second) => idleSpan(second));

it("takes all into an empty history, and nothing of what is there already", () => {
  expect(mergeHistories([], seconds(1, 2))).toMatchObject({ spans: seconds(1, 2), added: 2 });
  expect(mergeHistories(seconds(1, 2, 3), seconds(2, 3))).toEqual({
    spans: seconds(1, 2, 3),
    added: 0,
    known: 2,
    left: 0,
  });
});

it("puts what is older before, what is newer after, and says what nobody watched in between", () => {
  expect(mergeHistories(seconds(5, 6), seconds(1, 2, 8))?.spans).toEqual([
    ...seconds(1, 2),
    unwatched(2_900, 5_000),
    ...seconds(5, 6),
    unwatched(6_900, 8_000),
    ...seconds(8),
  ]);
});

it("goes on without a hole where the same watcher heard the record before", () => {
  const longer = { ...idleSpan(2), to: 4_000, polls: 5 };
  expect(mergeHistories(seconds(1, 2), [...seconds(1), longer, ...seconds(5)])).toEqual({
    spans: [...seconds(1), longer, ...seconds(5)],
    added: 2,
    known: 1,
    left: 0,
  });
});

it("fills a time in which nobody watched, and leaves what was heard as it is", () => {
  const existing = [...seconds(1), unwatched(1_900, 9_000), ...seconds(9)];
  const other = { ...idleSpan(9), from: 8_500, to: 9_500 };
  expect(mergeHistories(existing, [...seconds(3, 4), other])).toEqual({
    spans: [
      ...seconds(1),
      unwatched(1_900, 3_000),
      ...seconds(3, 4),
      unwatched(4_900, 9_000),
      ...seconds(9),
    ],
    added: 2,
    known: 0,
    left: 1,
  });
});

it("tells that it can't where a clock was set back", () => {
  expect(mergeHistories(seconds(5, 1), seconds(7))).toBeNull();
});

it("makes of any two parts of a history the whole again, and of any two never a disorder", () => {
  fc.assert(
    fc.property(histories, fc.nat(), fc.nat(), (spans, one, other) => {
      const [low = 0, high = 0] = [one, other]
        .map((place) => place % (spans.length + 1))
        .toSorted((a, b) => a - b);
      const [early, late] = [spans.slice(0, high), spans.slice(low)];
      for (const merged of [mergeHistories(early, late), mergeHistories(late, early)]) {
        const all = merged?.spans ?? [];
        expect(all.every(({ from }, index) => from >= (all[index - 1]?.to ?? from))).toBe(true);
        if (high > low) {
          expect(merged?.left).toBe(0);
          const heard = spans.filter(({ kind }) => kind !== "unobserved").map(storedAs);
          expect(all.filter(({ kind }) => kind !== "unobserved").map(storedAs)).toEqual(heard);
        }
      }
    }),
  );
});
