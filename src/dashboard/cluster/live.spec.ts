import { expect, it } from "vitest";
import { minute, second, Story, start } from "../../upgrade/testing/story.ts";
import { timeline } from "../../upgrade/timeline.ts";
import { standingSpans } from "./live.ts";

it("keeps the very array while the cluster answers, so that nothing is drawn again", () => {
  const { spans } = new Story().heard("idle", minute);
  expect(standingSpans(spans, { link: "answering", linkSince: start })).toBe(spans);
});

it("lets a silence that was loaded after its first poll turn into an outage", () => {
  const { spans, now } = new Story().heard("idle", minute).silent(second);
  expect(timeline(spans).states.map(({ kind }) => kind)).toEqual(["state"]);
  const standing = standingSpans(spans, { link: "outage", linkSince: now - second });
  expect(timeline(standing).states.map(({ kind }) => kind)).toEqual(["state", "outage"]);
});

it("draws the outage that follows an expected absence past its limit", () => {
  const story = new Story()
    .heard("idle")
    .heard("committed", 3 * second)
    .silent(second);
  const limit = story.now - second + 5 * minute;
  const standing = standingSpans(story.spans, { link: "outage", linkSince: limit });
  const kinds = timeline(standing).states.map(({ kind }) => kind);
  expect(kinds.slice(-3)).toEqual(["state", "away", "outage"]);
});
