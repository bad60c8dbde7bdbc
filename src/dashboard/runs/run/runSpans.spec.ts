import { expect, it } from "vitest";
import { minute, Story } from "../../../upgrade/testing/story.ts";
import { timeline } from "../../../upgrade/timeline.ts";
import { runRecords } from "../../../upgrade/runs/record.ts";
import { stateBands } from "../../timeline/lane/lane.ts";
import { withinEnds } from "../../timeline/lane/withinEnds.ts";
import { runSpans } from "./runSpans.ts";

it("draws an upgrade from its beginning to its end, and nothing of those around it", () => {
  const story = new Story()
    .heard("idle", minute)
    .heard("preparing", minute, [0, 100])
    .heard("committing", minute);
  story.version = "7.2.3";
  story.heard("idle", minute).heard("preparing", minute, [0, 50]).heard("idle", minute);
  const [first] = runRecords(story.spans);
  const from = first?.from ?? 0;
  const to = first?.to ?? 0;
  const axis = { from, to };
  const { states } = timeline(runSpans(story.spans, { from, to }));
  const bands = withinEnds(stateBands(states, axis), axis, true);
  expect(bands.map((band) => [band.word, band.from, band.to, band.startExact])).toEqual([
    ["Preparing", from, from + minute, true],
    ["Committing", from + minute, from + 2 * minute, true],
    ["Committed", to - 1000, to, true],
  ]);
});
