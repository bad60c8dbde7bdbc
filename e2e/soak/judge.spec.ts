import { expect, test } from "@playwright/test";
import { judge } from "./judge.ts";
import type { Reading } from "./slope.ts";

/** Thirty readings, a hundred polls apart. */
function seriesOf(valueAt: (polls: number) => number): readonly Reading[] {
  return Array.from({ length: 31 }, (_, index) => {
    const polls = 100 * index;
    return { polls, value: valueAt(polls) };
  });
}

function passed(measure: string, valueAt: (polls: number) => number, isLong = true): boolean[] {
  const series = new Map([[measure, seriesOf(valueAt)]]);
  return judge({ isLong, series, counts: [] }).map(({ isPassed }) => isPassed);
}

test("a long soak projects the growth of a heap to thirty days, and lets it have 20 MB", () => {
  const pollsOfTab = 2_592_000;
  expect(passed("tab 1: heap", (polls) => 3e6 + (polls * 19.9e6) / pollsOfTab)).toEqual([true]);
  expect(passed("tab 1: heap", (polls) => 3e6 + (polls * 20.1e6) / pollsOfTab)).toEqual([false]);
  expect(passed("tab 1: heap", (polls) => 3e6 - polls)).toEqual([true]);
});

test("a short soak allows for what fills in the beginning, and a kilobyte a poll", () => {
  expect(passed("server: heap", (polls) => 2e7 + polls * 1500, false)).toEqual([true]);
  expect(passed("server: heap", (polls) => 2e7 + polls * 2000, false)).toEqual([false]);
  expect(passed("server: buffers", (polls) => polls * 500, false)).toEqual([true]);
  expect(passed("server: buffers", (polls) => polls * 1000, false)).toEqual([false]);
});

test("memory is judged by its growth and its height where a soak is long, and told where it is short", () => {
  const [least, most] = ["server: memory, its least", "server: memory, its most"] as const;
  expect(passed(most, () => 199e6)).toEqual([true]);
  expect(passed(most, (polls) => (polls === 2000 ? 201e6 : 150e6))).toEqual([false]);
  expect(passed(most, () => 201e6, false)).toEqual([true]);
  expect(passed(least, (polls) => 1e8 + polls * 50)).toEqual([true]);
  expect(passed(least, (polls) => 1e8 + polls * 100)).toEqual([false]);
  expect(passed(least, (polls) => 1e8 + polls * 100, false)).toEqual([]);
});

test("what comes and goes is judged by its least", () => {
  const comesAndGoes = (polls: number): number => 100 + (polls % 300 === 0 ? 50 : 0);
  expect(passed("tab 2: listeners", comesAndGoes)).toEqual([true]);
  expect(passed("tab 2: listeners", (polls) => comesAndGoes(polls) + polls / 100)).toEqual([false]);
});

test("the document has grown where its least is more than its most was", () => {
  expect(passed("tab 1: nodes of the document", (polls) => (polls < 2000 ? 150 : 170))).toEqual([
    true,
  ]);
  expect(passed("tab 1: nodes of the document", (polls) => (polls < 2000 ? 150 : 171))).toEqual([
    false,
  ]);
});

test("how late the event loop is is judged by the median", () => {
  const loop = "server: event loop p99";
  expect(passed(loop, (polls) => (polls === 2000 ? 900 : 49))).toEqual([true]);
  expect(passed(loop, () => 51)).toEqual([false]);
});

test("what was not measured is not passed", () => {
  expect(passed("tab 1: heap", () => Number.NaN)).toEqual([false]);
  const series = new Map([["tab 1: heap", seriesOf(() => 3e6).slice(0, 2)]]);
  expect(judge({ isLong: true, series, counts: [] })).toMatchObject([
    { isPassed: false, found: "only 1 readings" },
  ]);
});

test("a count keeps to its limits", () => {
  const counts = [
    { measure: "told", value: 7 },
    { measure: "most", value: 1, most: 0 },
    { measure: "least", value: 24.95, least: 25, unit: " %" },
  ];
  const rows = judge({ isLong: true, series: new Map(), counts });
  expect(rows.map(({ isPassed }) => isPassed)).toEqual([true, false, false]);
});
