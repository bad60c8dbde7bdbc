import { describe, expect, it } from "vitest";
import { clusterStatusSchema } from "../contract/api.ts";
import type { ClusterConfiguration } from "../contract/configuration.ts";
import { minute, second, start, Story, twoOfSixNodes } from "../upgrade/testing/story.ts";
import * as z from "zod/mini";
import { type Picture, statusAnswer, summarise } from "./picture.ts";
import { clusterNamed } from "./testing/configuration.ts";

const cluster: ClusterConfiguration = {
  ...clusterNamed("lon-prod-1"),
  name: "London production",
  nodes: ["https://10.20.0.11:8000"],
  labels: { site: "london" },
  zone: "Europe/London",
  contact: "storage on call",
};

const pictureOf = (story: Story, change: Partial<Picture> = {}): Picture => ({
  spans: story.spans,
  revision: "r1",
  stored: story.spans,
  earlierMs: 0,
  startedAt: start,
  tried: true,
  intervalMs: second,
  nextAnswerAt: story.now,
  node: "https://10.20.0.11:8000",
  latencyMs: 41,
  nodes: [],
  reboot: null,
  blockedReason: null,
  clusterName: null,
  notices: [],
  ...change,
});

const summaryOf = (story: Story, change: Partial<Picture> = {}) =>
  summarise(cluster, pictureOf(story, change), false, story.now);

describe("a summary", () => {
  it("tells versions, state and progress of the run in flight, exact as heard", () => {
    const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 62.7]);
    expect(summaryOf(story)).toMatchObject({
      state: "UPGRADE_STATE_PREPARING",
      progress: 62.7,
      fromVersion: "7.1.4",
      targetVersion: "7.2.3",
      upgradeType: "SOFTWARE_ONLY",
      stateSince: start + minute,
      stateSinceExact: true,
      observedAt: story.now - second,
      ageMs: second,
      staleAfterMs: 3 * second,
    });
  });

  it("claims no progress outside of preparing, and no run in flight once idle", () => {
    const story = new Story().heard("preparing", minute, [0, 90]).heard("committing");
    expect(summaryOf(story).progress).toBeNull();
    story.version = "7.2.3";
    expect(summaryOf(story.heard("idle"))).toMatchObject({
      targetVersion: null,
      upgradeType: null,
      fromVersion: "7.1.4",
      runningVersion: "7.2.3",
      run: { from: start },
    });
  });

  it("cuts a long error text and says so", () => {
    const story = new Story();
    story.error = "x".repeat(5000);
    const { errorInfo } = summaryOf(story.heard("preparing"));
    expect(errorInfo?.length).toBeLessThanOrEqual(2048);
    expect(errorInfo).toContain("5,000 characters");
  });

  it("withdraws a forecast that has been proven wrong, or that nobody can vouch for", () => {
    const story = new Story().heard("idle").heard("preparing", 5 * minute, [0, 50]);
    const forecast = summaryOf(story).eta;
    expect(forecast?.basis).toContain("the pace of this run");
    const late = summarise(cluster, pictureOf(story), false, (forecast?.latest ?? 0) + 1);
    expect(late.eta).toBeNull();
    expect(summaryOf(story.silent(3 * second)).eta).toBeNull();
  });

  it("tells how many nodes are back only while nodes reboot", () => {
    const reboot = twoOfSixNodes(start);
    expect(summaryOf(new Story().heard("idle"), { reboot }).reboot).toBeNull();
    expect(summaryOf(new Story().heard("rebooting"), { reboot }).reboot).toEqual({
      total: 6,
      rebooted: 2,
      state: "REBOOT_IN_PROGRESS",
      since: start,
      sinceExact: true,
      steps: [],
      medianMs: null,
    });
  });

  it("is nothing but unseen before anything was heard", () => {
    expect(summaryOf(new Story())).toMatchObject({
      observedAt: null,
      ageMs: null,
      state: null,
      verdict: "unseen",
      link: "unseen",
      run: null,
    });
  });
});

it("makes an answer that goes over the wire and comes back the same", () => {
  for (const story of [
    new Story(),
    new Story().heard("idle").heard("preparing", 5 * minute, [0, 50]),
    new Story().heard("committing").silent(minute),
  ]) {
    const picture = pictureOf(story);
    const answer = statusAnswer(summaryOf(story), picture, "b1", story.now);
    const wire: unknown = JSON.parse(JSON.stringify(z.encode(clusterStatusSchema, answer)));
    expect(clusterStatusSchema.parse(wire)).toEqual(answer);
  }
});
