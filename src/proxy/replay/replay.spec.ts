import { afterEach, describe, expect, it } from "vitest";
import type { ClusterStatus } from "../../contract/api.ts";
import { hourMs, minuteMs, secondMs } from "../../upgrade/duration.ts";
import { type Fleet, openFleet } from "../fleet.ts";
import type { History } from "../history/history.ts";
import { openMemoryHistory } from "../history/testing/memory.fixture.ts";
import { clusterNamed, configurationOf } from "../testing/configuration.ts";
import { manualClock } from "../testing/manualClock.ts";
import { scriptedCluster, statusOf } from "../testing/scriptedCluster.ts";
import { refused } from "../testing/watching.ts";

const start = Date.UTC(2026, 10, 23, 12);
const fleets: Fleet[] = [];
afterEach(async () => {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.stop()));
});

function watched(history: Partial<History> = {}) {
  const clock = manualClock(start);
  const client = scriptedCluster(clock);
  const kept: History = { ...openMemoryHistory(clock, "kept in memory"), ...history };
  const open = async (): Promise<Fleet> => {
    const fleet = openFleet(configurationOf([clusterNamed("one")]), {
      history: kept,
      clock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      build: "b1",
      simulated: false,
      openClient: () => client,
    });
    fleets.push(fleet);
    await fleet.start();
    await clock.pass(secondMs);
    return fleet;
  };
  return { clock, client, open };
}

/** What a picture of the past must tell as the live one did. */
function told(status: ClusterStatus | undefined) {
  if (status === undefined) {
    throw new Error("no status");
  }
  const { verdict, attention, headline, detail, state, progress, link, errorInfo } = status;
  const { eta, etaWhole, runningVersion, targetVersion, stateSince, run, observedAt } = status;
  return {
    facts: { verdict, attention, headline, detail, state, progress, link, errorInfo },
    outlook: { eta, etaWhole, runningVersion, targetVersion },
    moments: [stateSince, run?.from, run?.to],
    observedAt,
  };
}

/** An upgrade with an absence and an outage, looked at every few seconds. */
async function upgraded() {
  const { clock, client, open } = watched();
  const fleet = await open();
  const live: { readonly at: number; readonly told: ReturnType<typeof told> }[] = [];
  const passing = async (next: typeof client.next, forMs: number): Promise<void> => {
    client.next = next;
    for (let passedMs = 0; passedMs < forMs; passedMs += 3 * secondMs) {
      await clock.pass(3 * secondMs);
      live.push({ at: clock.now(), told: told(fleet.status("one")) });
    }
  };
  await passing(() => statusOf("UPGRADE_STATE_IDLE"), 30 * secondMs);
  for (const percent of [1, 20, 40, 60, 80, 99]) {
    await passing(() => statusOf("UPGRADE_STATE_PREPARING", percent), minuteMs);
  }
  await passing(() => statusOf("UPGRADE_STATE_COMMITTING"), 20 * secondMs);
  await passing(() => refused, 6 * minuteMs);
  client.version = "7.2.3";
  await passing(() => statusOf("UPGRADE_STATE_IDLE"), minuteMs);
  return { clock, client, open, fleet, live };
}

describe("a picture of the past", () => {
  it("says what the live one said, through an upgrade with an absence", async () => {
    const { fleet, live } = await upgraded();
    const verdicts = new Set<string>();
    for (const moment of live) {
      const past = await fleet.replay.status("one", moment.at);
      if (past.kind !== "answer") {
        throw new Error(past.kind);
      }
      const { observedAt: thenAt, ...then } = told(past.answer);
      const { observedAt, ...same } = moment.told;
      expect(then).toEqual(same);
      // The moments of single polls are not kept but spread evenly; a cluster's turn moves its first by up to 10 ms.
      expect(Math.abs((thenAt ?? 0) - (observedAt ?? 0))).toBeLessThanOrEqual(10);
      expect(past.answer).toMatchObject({ now: moment.at, replay: { at: moment.at } });
      verdicts.add(past.answer.verdict);
    }
    expect([...verdicts]).toEqual(expect.arrayContaining(["running", "away", "late", "outage"]));
    expect([...verdicts]).toContain("done");
  });

  it("tells no more of the history than was heard by then, and all clusters the same way", async () => {
    const { fleet } = await upgraded();
    const at = start + 3 * minuteMs;
    const past = await fleet.replay.history("one", start - hourMs, at + hourMs, at);
    const spans = past.kind === "answer" ? past.answer.spans : [];
    expect(spans.length).toBeGreaterThan(2);
    expect(spans.every(({ to }) => to <= at)).toBe(true);
    const one = await fleet.replay.status("one", at);
    const all = await fleet.replay.clusters(at);
    if (one.kind !== "answer" || all.kind !== "answer") {
      throw new Error("no answer");
    }
    const { build: _build, status: _status, now: _now, replay: _replay, ...summary } = one.answer;
    expect(all.answer.clusters).toEqual([summary]);
    expect(past).toMatchObject({ answer: { revision: summary.revision } });
  });

  it("rests its forecasts on upgrades that had ended by then alone", async () => {
    const { clock, client, fleet, live } = await upgraded();
    await clock.pass(10 * secondMs);
    client.version = "7.1.4";
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 1);
    await clock.pass(10 * minuteMs);
    const during = live.find(({ told: { facts } }) => facts.progress === 60);
    const then = await fleet.replay.status("one", during?.at ?? start);
    expect(then.kind === "answer" && told(then.answer)).toEqual(during?.told);
  });

  it("says so where nobody watched, and where nothing had been recorded yet", async () => {
    const { clock, client, fleet, open } = await upgraded();
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 5);
    await clock.pass(10 * secondMs);
    const stoppedAt = clock.now();
    await fleet.stop();
    fleets.splice(0);
    await clock.pass(hourMs);
    const again = await open();
    const hole = await again.replay.status("one", stoppedAt + 30 * minuteMs);
    expect(hole).toMatchObject({
      answer: { verdict: "unseen", link: "unseen", headline: "Not observed", eta: null },
    });
    expect(await again.replay.status("one", start - hourMs)).toEqual({ kind: "too-early" });
    expect(await again.replay.clusters(start - hourMs)).toEqual({ kind: "too-early" });
    expect(await again.replay.status("two", start)).toEqual({ kind: "unknown-cluster" });
  });

  it("reads a time from the disk once for all who ask, and tells where that fails", async () => {
    let reads = 0;
    let isBroken = false;
    const { clock, client, open } = watched({
      read: async () => {
        reads += 1;
        if (isBroken) {
          throw new Error("the disk does not answer");
        }
        return { revision: "1", spans: [] };
      },
    });
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 5);
    const fleet = await open();
    await clock.pass(minuteMs);
    const at = start + 30 * secondMs;
    await Promise.all(Array.from({ length: 50 }, () => fleet.replay.status("one", at)));
    expect(reads).toBe(1);
    isBroken = true;
    expect(await fleet.replay.status("one", start - hourMs * 24)).toMatchObject({ kind: "unread" });
    expect((await fleet.replay.status("one", at)).kind).toBe("answer");
  });
});
