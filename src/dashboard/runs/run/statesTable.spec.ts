import { expect, it } from "vitest";
import { hour, minute, second, Story } from "../../../upgrade/testing/story.ts";
import { runsOf } from "../testing.ts";
import { stateRows } from "./statesTable.ts";

const rowsOf = (story: Story) =>
  stateRows(runsOf(story)[0]?.states ?? []).map((row) => [
    row.word,
    row.from.bound,
    row.to === null ? "goes on" : row.to.bound,
    row.duration,
    row.certainty,
    row.measured,
    row.inferred,
  ]);

it("tells what was measured, what is inferred, and what was missed, each as such", () => {
  const story = new Story().heard("idle", minute).heard("preparing", 2 * minute, [0, 50]);
  story
    .silent(minute)
    .heard("preparing", minute, [51, 100])
    .heard("committing", 5 * second);
  story.version = "7.2.3";
  expect(rowsOf(story.heard("idle"))).toEqual([
    ["Preparing", null, null, "04:00", "exact to a poll", "03:00", "01:00"],
    ["Committing", null, null, "5 s", "exact to a poll", "5 s", "—"],
    ["Committed", "after", "by", "≤ 1 s", "not seen; it must have been passed", "—", "—"],
  ]);
});

it("gives bounds where a change was not heard, and none above where nothing was heard before", () => {
  const story = new Story().heard("preparing", minute, [0, 100]).unwatched(hour);
  expect(rowsOf(story.heard("committing", minute))).toEqual([
    ["Preparing", "by", "after", "59 s", "at least 59 s", "59 s", "—"],
    ["Committing", "by", "goes on", "59 s", "so far, at least", "59 s", "—"],
  ]);
});
