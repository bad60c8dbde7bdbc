import { expect, it } from "vitest";
import { minute, start, Story } from "../../../upgrade/testing/story.ts";
import { eventsOf } from "../events.ts";
import { sinceLooked } from "./sinceLooked.ts";

function tellOf(story: Story, sinceMinutes: number, untilMinutes = 600) {
  const { spans } = story;
  const away = { since: start + sinceMinutes * minute, until: start + untilMinutes * minute };
  const told = sinceLooked(eventsOf(spans, 1), away, spans[0]?.from ?? null);
  return told && { ...told, events: told.events.map(({ title }) => title) };
}

it("tells what changed meanwhile, the newest first, and nothing of before or after", () => {
  const story = new Story().heard("idle", 10 * minute).heard("preparing", 10 * minute, [0, 99]);
  story.error = "no space left";
  story
    .heard("prepared", 10 * minute)
    .silent(5 * minute)
    .heard("prepared", minute);
  story.heard("committing", minute);
  expect(tellOf(story, 15, 35)).toEqual({
    events: ["Answering again", "Away as expected", "Error reported", "Preparing → Prepared"],
    left: 0,
    isPartial: false,
  });
  expect(tellOf(story, 31, 34)).toBeNull();
});

it("tells of many changes the newest, and how many came before; and that it does not know all", () => {
  const story = new Story().heard("idle", minute);
  for (let cut = 0; cut < 20; cut += 1) {
    story.silent(minute).heard("idle", minute);
  }
  expect(tellOf(story, -60)).toMatchObject({ left: 34, isPartial: true });
  expect(tellOf(story, -60)?.events).toHaveLength(6);
});
