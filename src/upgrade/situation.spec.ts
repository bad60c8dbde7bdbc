import { describe, expect, it } from "vitest";
import { situationOf, type Surroundings } from "./situation.ts";
import {
  hour,
  minute,
  rollingSettings,
  second,
  softwareSettings,
  start,
  Story,
} from "./testing/story.ts";
import { linkOf } from "./verdict.ts";

const alone: Surroundings = { startedAt: start, addresses: 1, reboot: null, blockedReason: null };

describe("a situation", () => {
  it("tells since when it answers, a hiccup of a poll or two left aside", () => {
    const story = new Story().heard("idle").silent(minute).heard("idle", minute).silent(second);
    const { link, since } = linkOf(situationOf(story.spans, alone), story.now);
    expect([link, since]).toEqual(["answering", start + second + minute]);
  });

  it("tells since when a state holds no further back than the run or the version", () => {
    const story = new Story().heard("preparing", minute, [1, 1]);
    story.settings = { ...softwareSettings, target_version: "7.4.0" };
    const changedAt = story.now;
    story.heard("preparing", minute, [1, 1]);
    expect(situationOf(story.spans, alone)).toMatchObject({
      stateSince: changedAt,
      stateSinceExact: true,
    });
    const idle = new Story().heard("idle", minute).unwatched(hour);
    idle.version = "7.3.0";
    const heardAt = idle.now;
    expect(situationOf(idle.heard("idle").spans, alone)).toMatchObject({
      stateSince: heardAt,
      stateSinceExact: false,
    });
  });

  it("judges an absence by the upgrade's settings, though a rebooting cluster no longer reports them", () => {
    const story = new Story().heard("idle");
    story.settings = rollingSettings;
    story.heard("committing");
    story.settings = null;
    const { silence } = situationOf(story.heard("rebooting").silent(second).spans, alone);
    expect(silence?.expected?.basis).toBe("rolling reboot, one address");
  });
});
