import { describe, expect, it } from "vitest";
import type { ClusterStatus } from "../../../contract/api.ts";
import { cutRuns } from "../../../upgrade/runs/run.ts";
import { minute, rollingSettings, second, Story } from "../../../upgrade/testing/story.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { railOf } from "./rail.ts";

/** Word, phase and note of every step. */
function told(story: Story, changes: Partial<ClusterStatus> = {}): readonly string[] | undefined {
  const rail = railOf(cutRuns(story.spans).at(-1), story.spans, statusOf(story, changes));
  return rail?.steps.map(({ word, phase, note }) => `${word}: ${phase}, ${note(story.now)}`);
}

const manual = { ...rollingSettings, auto_commit: false };

describe("the rail", () => {
  it("is not there while no upgrade was heard of", () => {
    expect(told(new Story().heard("idle", minute))).toBeUndefined();
  });

  it("shows where a platform upgrade is, and what is to come", () => {
    const story = new Story().heard("idle");
    story.settings = manual;
    story.heard("preparing", 20 * minute, [0, 50]);
    expect(told(story)).toEqual([
      "Preparing: current, 20:00",
      "Prepared: upcoming, waits for your commit",
      "Committing: upcoming, seconds to 2 min",
      "Committed: upcoming, seconds",
      "Rebooting: upcoming, rolling, 1 at a time",
    ]);
  });

  it("has no reboot in a software-only upgrade, and no wait in one that commits by itself", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
    expect(told(story)?.slice(1)).toEqual([
      "Prepared: unused, skipped: commits by itself",
      "Committing: upcoming, seconds to 2 min",
      "Committed: upcoming, seconds",
    ]);
  });

  it("bounds what was passed unseen", () => {
    const story = new Story().heard("idle");
    story.settings = manual;
    story
      .heard("preparing", minute, [0, 100])
      .heard("prepared", minute)
      .heard("rebooting", 5 * second);
    expect(told(story)?.slice(0, 4)).toEqual([
      "Preparing: passed, 01:00",
      "Prepared: passed, 01:00",
      "Committing: inferred, ≤ 1 s",
      "Committed: inferred, ≤ 1 s",
    ]);
  });

  it("stays where the cluster was last heard while it is away", () => {
    const story = new Story()
      .heard("idle")
      .heard("committing", 20 * second)
      .silent(10 * second);
    const away = told(story, { link: "away", verdict: "away" });
    expect(away?.[2]).toBe("Committing: silent, 30 s · away as expected".replace("30 s", "00:30"));
  });

  it("marks the step at which an error stopped it", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 37]);
    expect(told(story, { verdict: "failed" })?.[0]).toBe("Preparing: stopped, 01:00");
  });

  it("never claims of an upgrade without proof that a step was reached", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 37]).heard("idle");
    expect(told(story)?.slice(2)).toEqual([
      "Committing: unheard, not reached",
      "Committed: unheard, not reached",
    ]);
  });

  it("says how much of the whole has passed where there is a forecast", () => {
    const story = new Story().heard("idle").heard("preparing", 20 * minute, [0, 50]);
    const likely = story.now + 17 * minute;
    const eta = { earliest: likely, likely, latest: likely, basis: "", runs: 0 };
    expect(told(story, { eta })?.[0]).toBe("Preparing: current, 20:00 of about 37 min");
  });

  it("counts nothing on while the picture is not live", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 37]);
    const status = statusOf(story, { link: "outage", verdict: "outage" });
    const rail = railOf(cutRuns(story.spans).at(-1), story.spans, status, false);
    expect(rail?.steps[0]?.note(story.now + minute)).toBe("00:59 · last heard here");
    const unknown = railOf(cutRuns(story.spans).at(-1), story.spans, statusOf(story), false)
      ?.steps[0];
    expect(unknown?.phase).toBe("silent");
    expect(unknown?.note(story.now + minute)).toBe("00:59 · last heard here");
  });

  it("says at least for how long of a step that was first heard in its midst", () => {
    const story = new Story().heard("preparing", minute, [40, 100]).heard("committing");
    expect(told(story)?.[0]).toBe("Preparing: passed, ≥ 01:00");
  });

  it("tells the expected absence after a step beside what was heard of it, never as its length", () => {
    const rebooting = (): Story => {
      const story = new Story().heard("idle");
      story.settings = rollingSettings;
      return story.heard("committed", 5 * second).heard("rebooting", 3 * second);
    };
    const back = rebooting().silent(94 * second);
    back.version = "7.2.3";
    expect(told(back.heard("idle"))?.at(-1)).toBe("Rebooting: passed, 3 s, then 01:34 away");
    const brief = new Story()
      .heard("idle")
      .heard("committed", 3 * second)
      .silent(28 * second);
    brief.version = "7.2.3";
    expect(told(brief.heard("idle"))?.at(-1)).toBe("Committed: passed, 3 s, then 28 s away");
    const unwatched = rebooting().unwatched(minute);
    unwatched.version = "7.2.3";
    expect(told(unwatched.heard("idle"))?.at(-1)).toBe("Rebooting: passed, ≥ 2 s");
  });
});
