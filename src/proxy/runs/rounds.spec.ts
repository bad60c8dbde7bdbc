import { describe, expect, it } from "vitest";
import { rounds } from "./rounds.ts";

describe("rounds", () => {
  it("look at each thing once a round, in order", () => {
    const looked: number[] = [];
    const round = rounds(() => [1, 2, 3, 4]);
    const isEven = (thing: number): boolean => {
      looked.push(thing);
      return thing % 2 === 0;
    };
    round.begin();
    expect([round.next(isEven), round.next(isEven), round.next(isEven)]).toEqual([2, 4, undefined]);
    expect(looked).toEqual([1, 2, 3, 4]);
    expect(round.next(isEven)).toBeUndefined();
  });

  it("begin with what there is by then", () => {
    let things = ["a"];
    const round = rounds(() => things);
    expect(round.next(() => true)).toBeUndefined();
    round.begin();
    expect(round.next(() => true)).toBe("a");
    things = ["b", "c"];
    expect(round.next(() => true)).toBeUndefined();
    round.begin();
    expect(round.next(() => true)).toBe("b");
  });
});
