import { describe, expect, it } from "vitest";
import { dayMs, durationWords, hourMs, measuredWords, minuteMs } from "./duration.ts";
import { isState, stateOrder, states, stateWord } from "./status.ts";

describe("durations in words", () => {
  it.each([
    [-5, "0 s"],
    [59_999, "59 s"],
    [minuteMs, "1 min"],
    [hourMs - 1, "59 min"],
    [hourMs, "1 h"],
    [hourMs + 5 * minuteMs, "1 h 05 min"],
    [2 * dayMs + 3 * hourMs, "2 d 3 h"],
  ])("%d ms are %s", (durationMs, words) => {
    expect(durationWords(durationMs)).toBe(words);
  });
});

describe("measured durations in words", () => {
  it.each([
    [40_000, "40 s"],
    [90_000, "1 min 30 s"],
    [2 * minuteMs, "2 min"],
    [9 * minuteMs + 59_999, "9 min 59 s"],
    [10 * minuteMs + 30_000, "10 min"],
    [hourMs + 5 * minuteMs, "1 h 05 min"],
  ])("%d ms are %s", (ms, words) => {
    expect(measuredWords(ms)).toBe(words);
  });
});

describe("states", () => {
  it("stand in the table in the order of an upgrade", () => {
    expect(Object.keys(states)).toEqual([...stateOrder]);
    expect(stateOrder.map((state) => states[state].order)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("have a word and a shape each, and none shares them", () => {
    expect(new Set(stateOrder.map((state) => states[state].word)).size).toBe(6);
    expect(new Set(stateOrder.map((state) => states[state].shape)).size).toBe(6);
  });

  it("are not guessed from case, padding or inherited names", () => {
    for (const word of ["upgrade_state_idle", " UPGRADE_STATE_IDLE", "toString", "__proto__"]) {
      expect(isState(word)).toBe(false);
      expect(stateWord(word)).toBe(`Unrecognised: ${word}`);
    }
  });
});
