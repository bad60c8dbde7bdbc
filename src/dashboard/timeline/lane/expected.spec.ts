import { expect, it } from "vitest";
import { minute, rollingSettings, second, Story } from "../../../upgrade/testing/story.ts";
import { statusOf } from "../testing/status.ts";
import { expectationsOf, expectedEnd } from "./expected.ts";

it("expects the rest of the preparation by its forecast, then the stop for a person", () => {
  const story = new Story();
  story.settings = { ...rollingSettings, auto_commit: false };
  story.heard("preparing", minute, [0, 50]);
  const likely = story.now + minute;
  const eta = { earliest: likely, likely, latest: likely, basis: "", runs: 0 };
  const found = expectationsOf(statusOf(story, { eta }), story.spans, "UTC");
  expect(found.map(({ words, from, to }) => [words, from, to])).toEqual([
    ["expected: Preparing", null, likely],
    ["expected: Prepared", likely, null],
  ]);
});

it("expects an absent cluster back by what is typical", () => {
  const story = new Story().heard("committed").silent(5 * second);
  const linkSince = story.now - 5 * second;
  const status = statusOf(story, { link: "away", linkSince });
  const to = linkSince + 30 * second;
  const words = "typically back by 12:00";
  expect(expectationsOf(status, story.spans, "UTC")).toMatchObject([{ to, words }]);
  expect(expectedEnd(status, story.spans)).toBe(to);
});

it("expects nothing where there is nothing to rest it on", () => {
  const idle = new Story().heard("idle");
  expect(expectationsOf(statusOf(idle), idle.spans, "UTC")).toEqual([]);
  expect(expectedEnd(statusOf(idle), idle.spans)).toBeNull();
  const lost = new Story().heard("idle").silent(minute);
  expect(expectationsOf(statusOf(lost, { link: "outage" }), lost.spans, "UTC")).toEqual([]);
});

it("expects what follows the preparation, and the end of the whole, where that is known", () => {
  const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
  const at = (likely: number) => ({
    earliest: likely,
    likely,
    latest: likely + minute,
    basis: "",
    runs: 3,
  });
  const [end, over] = [story.now + minute, story.now + 3 * minute];
  const status = statusOf(story, { eta: at(end), etaWhole: at(over) });
  expect(expectationsOf(status, story.spans, "UTC").map(({ words, to }) => [words, to])).toEqual([
    ["expected: Preparing", end],
    ["expected: Committing", over],
    ["expected: Idle", null],
  ]);
  expect(expectedEnd(status, story.spans)).toBe(over + minute);
  const away = statusOf(story, {
    state: "UPGRADE_STATE_COMMITTED",
    link: "away",
    etaWhole: at(over),
  });
  expect(expectationsOf(away, story.spans, "UTC")).toMatchObject([{ from: null, to: over }]);
});
