import { expect, it } from "vitest";
import { hour, minute, second, Story } from "../testing/story.ts";
import { digestOf, earlierRun } from "./digest.ts";
import { runRecords } from "./record.ts";

/** An upgrade that ended in an absence, watched or not. */
function ended(absence: (story: Story) => Story): boolean | undefined {
  const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 100]);
  absence(story.heard("committing", 20 * second));
  story.version = "7.2.3";
  const { spans } = story.heard("idle", minute);
  const [record] = runRecords(spans);
  return record === undefined ? undefined : earlierRun("lon", digestOf(record, spans))?.exact;
}

it("takes an absence that was watched for measured, for the answer after it was the end", () => {
  expect(ended((story) => story.silent(30 * second))).toBe(true);
  expect(ended((story) => story.silent(second).unwatched(hour).silent(second))).toBe(false);
  expect(ended((story) => story.unwatched(hour))).toBe(false);
});
