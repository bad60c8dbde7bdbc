import { expect, it } from "vitest";
import type { RunSummary } from "../../../contract/runs.ts";
import { minute, rollingSettings, Story } from "../../../upgrade/testing/story.ts";
import { runsOf } from "../testing.ts";
import { candidatesFor } from "./candidates.ts";

const [told] = runsOf(new Story().heard("idle").heard("preparing", minute, [0, 50]).heard("idle"));
if (told === undefined) {
  throw new Error("no run");
}

const run = (id: string, from: number, change: Partial<RunSummary> = {}): RunSummary => ({
  ...told,
  cluster: "lon",
  id,
  from,
  ...change,
});

it("offers the upgrades most like it first, the newest of them before the others, and each once", () => {
  const elsewhere = { cluster: "par", name: "Paris" };
  const all = [
    run("rolling", 9, { ...elsewhere, settings: { ...rollingSettings } }),
    run("paris", 8, elsewhere),
    run("older", 1),
    run("newer", 2),
    run("other-step", 7, { targetVersion: "9.9.9" }),
    run("self", 5),
    run("newer", 2),
  ];
  const found = candidatesFor(run("self", 5), all);
  expect(found.map(({ words, runs }) => [words, runs.map(({ id }) => id)])).toEqual([
    ["Of this kind and version step on this cluster", ["newer", "older"]],
    ["Of this kind on this cluster", ["other-step"]],
    ["Of this kind in the fleet", ["paris"]],
    ["Others", ["rolling"]],
  ]);
});
