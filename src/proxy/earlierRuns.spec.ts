import { expect, it } from "vitest";
import { chanceOf, earlierOf, upgradesOf } from "../upgrade/testing/upgrades.ts";
import { heldEarlierRuns } from "./earlierRuns.ts";

it("gives the same runs until one is added, and reads them no more often than need be", () => {
  const all = upgradesOf("linear", 3, chanceOf(1)).map(earlierOf);
  let [count, reads, nowMs] = [1, 0, 0];
  const earlier = heldEarlierRuns(
    () => {
      reads += 1;
      return all.slice(0, count);
    },
    { steadyMs: () => nowMs },
  );
  const first = earlier();
  count = 2;
  expect(earlier()).toBe(first);
  expect(reads).toBe(1);
  nowMs = 5_000;
  const second = earlier();
  expect(second.length).toBe(2);
  nowMs = 10_000;
  expect(earlier()).toBe(second);
  expect(reads).toBe(3);
});
