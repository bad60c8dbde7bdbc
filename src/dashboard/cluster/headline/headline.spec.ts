import { describe, expect, it } from "vitest";
import { cutRuns } from "../../../upgrade/runs/run.ts";
import { minute, rollingSettings, Story } from "../../../upgrade/testing/story.ts";
import { rebootOfSix } from "../../shell/summary.fixture.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { remarkOf, subjectOf, titleOf } from "./headline.ts";

const preparing = (): Story => {
  const story = new Story().heard("idle");
  story.settings = rollingSettings;
  return story.heard("preparing", minute, [0, 62.9]);
};

describe("the title", () => {
  it("is the state with its shape while an upgrade goes its way", () => {
    expect(titleOf(statusOf(preparing()))).toEqual({
      word: "Preparing",
      shape: "filling-ring",
      tone: "preparing",
      fraction: 0.629,
    });
  });

  it("counts the nodes that are back", () => {
    const story = preparing().heard("rebooting");
    expect(titleOf(statusOf(story, { reboot: rebootOfSix })).word).toBe("Rebooting 2 of 6");
  });

  it("is the verdict where that calls for someone, and where it proves success", () => {
    const failed = statusOf(preparing(), {
      verdict: "failed",
      attention: "act",
      headline: "Failed at 62 %",
    });
    expect(titleOf(failed)).toMatchObject({
      word: "Failed at 62 %",
      shape: "warning",
      tone: "act",
    });
    const done = statusOf(new Story().heard("idle"), {
      verdict: "done",
      headline: "Upgraded to 7.2.3",
    });
    expect(titleOf(done)).toMatchObject({ word: "Upgraded to 7.2.3", shape: "tick", tone: "done" });
  });

  it("says of an idle cluster what every other page says of it", () => {
    const headline = "Idle, upgrade blocked";
    const blocked = statusOf(new Story().heard("idle"), { verdict: "idle", headline });
    expect(titleOf(blocked)).toMatchObject({ word: headline, shape: "ring", tone: "idle" });
  });

  it("gives an unknown state a face of its own, never a healthy one", () => {
    const story = new Story().heardRaw("UPGRADE_STATE_VERIFYING");
    const status = statusOf(story, { verdict: "anomaly", attention: "look" });
    expect(titleOf(status)).toMatchObject({
      word: "Unrecognised: UPGRADE_STATE_VERIFYING",
      shape: "question",
      tone: "unseen",
    });
  });
});

describe("the subject", () => {
  it("names versions, type and reboot", () => {
    const story = preparing();
    const run = cutRuns(story.spans).at(-1);
    expect(subjectOf(statusOf(story), run)).toEqual({
      from: "7.1.4",
      to: "7.2.3",
      facts: ["platform upgrade", "rolling reboot, 1 node at a time"],
    });
  });

  it("names only what runs while nothing is in flight", () => {
    const status = statusOf(new Story().heard("idle"), { verdict: "idle" });
    expect(subjectOf(status, undefined)).toEqual({ from: "7.1.4", to: null, facts: [] });
  });

  it("tells the versions of the upgrade that was just proven", () => {
    const story = preparing();
    story.version = "7.2.3";
    story.heard("idle");
    const status = statusOf(story, { verdict: "done", targetVersion: null });
    const subject = subjectOf(status, cutRuns(story.spans).at(-1));
    expect(subject).toMatchObject({ from: "7.1.4", to: "7.2.3" });
    expect(subject.facts[0]).toBe("platform upgrade");
  });

  it("never takes the target for the version before", () => {
    const story = preparing().heard("rebooting");
    const status = statusOf(story, { fromVersion: null, runningVersion: "7.2.3" });
    expect(subjectOf(status, undefined)).toMatchObject({ from: null, to: "7.2.3" });
  });

  it("shows a type that it does not know verbatim", () => {
    const story = new Story();
    story.settings = { ...rollingSettings, upgrade_type: "FIRMWARE", num_nodes_to_reboot: null };
    story.heard("preparing");
    expect(subjectOf(statusOf(story), undefined).facts).toEqual(["FIRMWARE", "rolling reboot"]);
  });
});

describe("the remark", () => {
  it("adds the verdict where the title is the state", () => {
    const story = preparing().heard("prepared");
    const status = statusOf(story, {
      verdict: "waiting",
      attention: "person",
      headline: "Waits for you",
    });
    expect(remarkOf(status).verdict).toMatchObject({ word: "Waits for you", tone: "person" });
  });

  it("says what was last heard where the title is the outage", () => {
    const status = statusOf(preparing(), {
      verdict: "outage",
      attention: "act",
      headline: "No answer",
      link: "outage",
    });
    expect(remarkOf(status)).toEqual({ verdict: null, sentence: "Last heard: Preparing 62 %" });
  });

  it("does not say the same words twice", () => {
    const story = new Story().heardRaw("UPGRADE_STATE_VERIFYING");
    const status = statusOf(story, {
      verdict: "anomaly",
      attention: "look",
      headline: "Unrecognised: UPGRADE_STATE_VERIFYING",
    });
    expect(remarkOf(status).verdict).toBeNull();
  });
});
