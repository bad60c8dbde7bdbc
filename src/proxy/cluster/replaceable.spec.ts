import { describe, expect, it } from "vitest";
import { manualClock } from "../testing/manualClock.ts";
import { scriptedCluster, statusOf } from "../testing/scriptedCluster.ts";
import { replaceableCluster } from "./replaceable.ts";

describe("a cluster that is reached in another way", () => {
  it("drops what the earlier way still answers, and asks the new one within the same poll", async () => {
    const clock = manualClock(0);
    const earlier = scriptedCluster(clock);
    const next = scriptedCluster(clock);
    earlier.tookMs = 1000;
    next.next = () => statusOf("UPGRADE_STATE_PREPARED");
    const cluster = replaceableCluster(earlier);
    const poll = cluster.pollStatus(5000);
    await cluster.replace(next);
    await clock.pass(1000);
    expect((await poll).outcome).toMatchObject({
      kind: "reading",
      reading: { status: { state: "UPGRADE_STATE_PREPARED" } },
    });
    await cluster.pollStatus(5000);
    expect([earlier.asked.status, next.asked.status]).toEqual([1, 2]);
  });
});
