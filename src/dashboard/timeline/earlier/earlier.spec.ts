import { expect, it } from "vitest";
import type { CurveRun, Curves } from "../../../contract/curves.ts";
import { minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { earlierCaption, earlierLines, earlierRows, reachedWords } from "./earlier.ts";

const start = Date.UTC(2026, 10, 23, 14);

function run(id: string, points: CurveRun["curve"]["points"], change: Partial<CurveRun> = {}) {
  return {
    cluster: "lon",
    name: "London",
    id,
    from: start,
    to: start + 10 * minuteMs,
    fromVersion: "7.1.4",
    targetVersion: "7.2.3",
    outcome: "proven" as const,
    prepare: "committed" as const,
    curve: { startedAt: start, startExact: true, startsEarlierMs: secondMs, points },
    ...change,
  };
}

const broken = [
  { ms: 0, progress: 0 },
  { ms: minuteMs, progress: 25.5 },
  { ms: 2 * minuteMs, progress: null },
  { ms: 3 * minuteMs, progress: 100 },
  { ms: 4 * minuteMs, progress: null },
];
const present = run("now", [{ ms: 0, progress: 0 }], { outcome: "in-flight", to: null });
const curves: Curves = {
  now: start,
  run: present,
  basis: "12 earlier upgrades of this kind in the fleet",
  earlier: [run("one", broken), run("two", broken, { cluster: "par", name: "Paris" })],
};
const axis = { from: start - minuteMs, to: start + 3 * minuteMs };

it("lays each earlier upgrade from where the present one began, with its gaps", () => {
  const [line] = earlierLines(curves, axis);
  expect(line).toEqual({ key: "lon one", path: "M250 1000H500V745H750M1000 0H1250" });
});

it("tells in words what the lines are", () => {
  expect(earlierCaption(curves)).toBe(
    "Grey behind the chart: the newest 2 of 12 earlier upgrades of this kind in the fleet, each from its start of Preparing.",
  );
  expect(earlierCaption({ ...curves, basis: null, earlier: [] })).toMatch(/no earlier upgrade/);
  expect(earlierRows(curves).map(({ elsewhere, reached }) => [elsewhere, reached])).toEqual([
    [null, "100 % by 3 min"],
    ["Paris", "100 % by 3 min"],
  ]);
});

it("never hides that a start was not heard", () => {
  const late = { ...present.curve, startExact: false, startsEarlierMs: 2 * minuteMs };
  const told = { ...curves, run: { ...present, curve: late } };
  expect(earlierCaption(told)).toMatch(/up to 2 min earlier\.$/);
  expect(reachedWords({ ...late, startsEarlierMs: null })).toBe(
    "0 % after 0 s; its start was not heard",
  );
  const none = { ...late, startedAt: null, points: [] };
  const unheard = { ...curves, run: { ...present, curve: none } };
  expect(earlierLines(unheard, axis)).toEqual([]);
  expect(earlierCaption(unheard)).toMatch(/was not heard to prepare/);
  expect(reachedWords(none)).toBe("not heard");
});
