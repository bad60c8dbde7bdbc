import { expect, it } from "vitest";
import { rangeOf } from "./range.ts";

const run = { from: 0, to: null };

it.each([
  ["15m", run, "15m"],
  ["run", run, "run"],
  ["run", null, "24h"],
  ["a week", run, "run"],
  [null, null, "24h"],
  ["", run, "run"],
] as const)("reads %j with the run %j as %s", (text, about, range) => {
  expect(rangeOf(text, about)).toBe(range);
});
