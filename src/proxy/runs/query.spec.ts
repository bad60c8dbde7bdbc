import { expect, it } from "vitest";
import { isAskedFor, type RunsQuery } from "./query.ts";

const london = { id: "lon-prod-1", name: "London production" };
const run = {
  id: "20261123T140726123Z",
  from: 1000,
  to: 5000,
  fromVersion: "7.1.4",
  targetVersion: "7.2.3",
  outcome: { kind: "proven" },
} as const;
const all: RunsQuery = {
  clusters: null,
  from: null,
  to: null,
  outcomes: null,
  words: [],
  limit: 100,
};

it.each<[string, Partial<RunsQuery>, boolean]>([
  ["everything", {}, true],
  ["the time in which it ended", { from: 5000 }, true],
  ["a time after its end", { from: 5001 }, false],
  ["the time in which it began", { to: 1000 }, true],
  ["a time before its begin", { to: 999 }, false],
  ["its outcome among others", { outcomes: ["unproven", "proven"] }, true],
  ["other outcomes", { outcomes: ["unproven"] }, false],
  ["words of its cluster and versions", { words: ["london", "7.2"] }, true],
  ["a word that is nowhere", { words: ["london", "paris"] }, false],
])("finds a run by %s", (_, change, isFound) => {
  expect(isAskedFor(london, run, { ...all, ...change })).toBe(isFound);
});

it("finds what goes on, however far back it is asked for", () => {
  const open = { ...run, to: null };
  expect(isAskedFor(london, open, { ...all, from: 9000 })).toBe(true);
});
