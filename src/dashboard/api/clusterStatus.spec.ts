import { describe, expect, it } from "vitest";
import type { ClusterStatus } from "../../contract/api.ts";
import { minute, Story } from "../../upgrade/testing/story.ts";
import { statusOf } from "../timeline/testing/status.ts";
import { tellsTheSame } from "./clusterStatus.ts";

const before = statusOf(new Story().heard("preparing", minute, [0, 37]));
const [node] = before.nodes;

describe("an answer of a cluster", () => {
  it("tells the same where only the moments of its last poll are others", () => {
    const next: ClusterStatus = {
      ...structuredClone(before),
      now: before.now + 1000,
      observedAt: before.now + 900,
      ageMs: 100,
      latencyMs: 7,
      nextPollInMs: 400,
      nodes: before.nodes.map((each) => ({ ...each, heardAt: before.now + 900 })),
    };
    expect(tellsTheSame(next, before)).toBe(true);
  });

  it.each<Partial<ClusterStatus>>([
    { headline: "Preparing 38 %" },
    { progress: 38 },
    { link: "outage" },
    { revision: "another" },
    { build: "another" },
    { notices: [{ code: "disk", since: before.now, message: "The disk is full." }] },
    { eta: { earliest: 1, likely: 2, latest: 3, basis: "its pace", runs: 0 } },
    { nodes: node === undefined ? [] : [{ ...node, answered: false }] },
    { nodes: [] },
  ])("tells another thing with %o", (more) => {
    expect(tellsTheSame({ ...before, ...more }, before)).toBe(false);
  });
});
