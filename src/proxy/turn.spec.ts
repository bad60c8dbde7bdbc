import { describe, expect, it } from "vitest";
import { openTurns, shares } from "./turn.ts";

describe("the turns of many clusters", () => {
  it.each([2, 10, 100, 1000])("are spread evenly over an interval: those of %i", (count) => {
    const next = shares();
    const turns = Array.from({ length: count }, next).toSorted((one, other) => one - other);
    expect(turns.every((share) => share > 0 && share <= 1)).toBe(true);
    const gaps = turns.map((share, index) => share - (turns[index - 1] ?? (turns.at(-1) ?? 0) - 1));
    expect(Math.max(...gaps)).toBeLessThan(2.7 / count);
  });

  it("come together where they are close together, and never later than after a whole interval", () => {
    const poll = { dueMs: 3900, beganMs: 4000 };
    const turns = [0.991, 0.995, 1].map((share) => openTurns(share).next(true, poll, 1000));
    expect(turns).toEqual([4990, 4990, 5000]);
  });

  it.each([undefined, 0.5])(
    "stay where they are when a poll begins late, however late",
    (share) => {
      const turns = openTurns(share);
      turns.next(true, { dueMs: 4000, beganMs: 4000 }, 1000);
      const after = (beganMs: number, dueMs = 5000) => turns.next(true, { dueMs, beganMs }, 1000);
      expect([after(5000), after(5400), after(15_400)]).toEqual([6000, 6000, 16_000]);
      // A timer may come a moment early.
      expect(after(5000, 5000.5)).toBe(6000);
    },
  );

  it("count from the poll while there is no answer, and are new after that", () => {
    const turns = openTurns(0.25);
    const poll = { dueMs: 4900, beganMs: 5000 };
    expect(turns.next(true, poll, 1000)).toBe(5250);
    expect(turns.next(false, poll, 1100)).toBe(6100);
    expect(turns.next(true, poll, 1000)).toBe(5250);
    expect(turns.next(true, poll, 1000)).toBe(5900);
  });
});
