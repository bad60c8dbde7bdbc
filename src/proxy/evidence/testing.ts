/** Runs as the specs of evidence need them. */
import { digestOf } from "../../upgrade/runs/digest.ts";
import { runExcerpt } from "../../upgrade/runs/excerpt.ts";
import { runRecords } from "../../upgrade/runs/record.ts";
import { minute, second, Story } from "../../upgrade/testing/story.ts";
import { runParticulars, runSummary } from "../runs/wire.ts";
import type { FoundRun } from "./recording.ts";

export const now = Date.parse("2026-11-23T12:00:00.000Z");

/** The newest run of a story, as the catalogue finds it. */
export function foundIn({ spans }: Story, name = "London"): FoundRun {
  const record = runRecords(spans).at(-1);
  if (record === undefined) {
    throw new Error("no run");
  }
  return {
    kind: "run",
    run: {
      ...runSummary({ id: "lon", name }, digestOf(record, spans)),
      ...runParticulars(record),
      now,
      revision: "r1",
      notes: [],
      previous: null,
      next: null,
    },
    zone: "Europe/London",
    simulated: false,
    spans: runExcerpt(spans, record),
    unreadable: 0,
  };
}

/** What a hostile cluster or person may write. */
export const hostile =
  '=HYPERLINK("http://evil.example","a") | <img src=x onerror=alert(1)> **b** [l](javascript:x) ```\n````\n# h @all www.evil.example \u202e`';

/** An upgrade with a commit that was missed, an absence, an error and an oddity in it. */
export function eventfulRun(): FoundRun {
  const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 60]);
  story.error = hostile;
  story.heard("preparing", 5 * second, [60, 61]);
  story.error = null;
  story
    .heard("preparing", 5 * second, [40, 100])
    .silent(30 * second)
    .unwatched(10 * minute);
  story.version = "7.2.3";
  const found = foundIn(story.heard("idle", minute), "=1+1 <b>|x");
  const { from } = found.run;
  const note = { id: "n1", at: from + 1500, written: from + 2500, author: "noc" };
  const withdrawn = { by: "@ann", at: from + 4000 };
  const notes = [
    { ...note, text: hostile, withdrawn: null },
    { ...note, id: "n2", author: "@ann", text: "-2+3", withdrawn },
  ];
  return { ...found, run: { ...found.run, notes } };
}
