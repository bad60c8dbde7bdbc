import { describe, expect, it } from "vitest";
import type { Span } from "../upgrade/span.ts";
import { address, statusOf } from "./testing/scriptedCluster.ts";
import { refused, second, start, watching } from "./testing/watching.ts";

const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const preparing = () => statusOf("UPGRADE_STATE_PREPARING", 41);
const timedOut = { kind: "timeout", message: "No answer within 5 s." } as const;

describe("a wall clock that is set while a cluster is watched", () => {
  it.each([
    ["back", -hour],
    ["forward", hour],
  ])("%s neither stops an age nor makes it leap, nor the polls", async (_, byMs) => {
    const { clock, client, watch, summary } = watching();
    client.next = preparing;
    await watch.start();
    await clock.pass(2 * minute + 500);
    const before = summary();
    clock.set(byMs);
    expect(summary()).toMatchObject({ ageMs: before.ageMs, verdict: "running", link: "answering" });
    expect(summary().observedAt).toBe((before.observedAt ?? 0) + byMs);
    expect(summary().stateSince).toBe((before.stateSince ?? 0) + byMs);
    expect(summary().nextPollInMs).toBe(before.nextPollInMs);
    expect(summary().revision).not.toBe(before.revision);
    client.asked.status = 0;
    await clock.pass(10 * second);
    expect(client.asked.status).toBe(10);
    // Stalled after twenty minutes at one percent, by what has passed and not by the clock.
    await clock.pass(17 * minute);
    expect(summary().verdict).toBe("running");
    await clock.pass(minute);
    expect(summary()).toMatchObject({ verdict: "stalled", ageMs: 500 });
    expect(watch.picture().spans.map(({ kind }) => kind)).toEqual(["status", "status"]);
  });

  it("makes no age stand still while the cluster is silent", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = preparing;
    await watch.start();
    await clock.pass(10 * second);
    client.next = () => refused;
    await clock.pass(5 * second);
    clock.set(-hour);
    await clock.pass(20 * second);
    expect(summary()).toMatchObject({ link: "outage", ageMs: 25 * second });
    expect(clock.now() - summary().linkSince).toBe(24 * second);
  });

  it("dates a poll that was under way by the clock as it is now", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = preparing;
    client.tookMs = 400;
    client.version = null;
    await watch.start();
    await clock.pass(5 * second + 200);
    clock.set(-hour);
    await clock.pass(300);
    expect(summary().ageMs).toBe(100);
    expect(watch.picture().spans.every(({ from, to }) => to >= from)).toBe(true);
  });

  it("dates notices and nodes anew", async () => {
    const { clock, watch, summary } = watching({ trust: { kind: "insecure" } });
    await watch.start();
    await clock.pass(second);
    clock.set(hour);
    expect(summary().notices[0]?.since).toBe(start + hour);
  });
});

describe("a history whose newest record lies in the future", () => {
  const ahead: Span = {
    kind: "status",
    from: start + 50 * minute,
    to: start + hour,
    polls: 600,
    node: address,
    status: statusOf("UPGRADE_STATE_PREPARING", 40),
    version: "7.1.4",
  };

  it("is shown in its order, told, and watched on in the same run", async () => {
    const { clock, client, watch, summary } = watching({
      history: { load: () => Promise.resolve([ahead]) },
    });
    client.next = preparing;
    await watch.start();
    expect(summary().ageMs).toBeGreaterThanOrEqual(0);
    await clock.pass(10 * second);
    expect(summary()).toMatchObject({ ageMs: 0, verdict: "running", link: "answering" });
    expect(summary().notices).toMatchObject([
      { code: "history-ahead", message: expect.stringContaining("lay 1 h ahead") },
    ]);
    const { spans } = watch.picture();
    expect(spans.map(({ kind }) => kind)).toEqual(["status", "unobserved", "status"]);
    expect(spans[0]?.to).toBeLessThan(start);
    expect(summary().run?.from).toBe(spans[0]?.from);
  });
});

describe("a process that was blocked or asleep", () => {
  it("takes a silence in which it was blocked for no failure, and asks again at once", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = preparing;
    await watch.start();
    await clock.pass(3 * second);
    client.next = () => timedOut;
    client.blockedMs = 3 * second;
    client.tookMs = 3 * second;
    await clock.pass(7 * second);
    client.next = preparing;
    client.blockedMs = 0;
    client.tookMs = 0;
    await clock.pass(4 * second);
    expect(watch.picture().spans.every(({ kind }) => kind !== "unreachable")).toBe(true);
    expect(watch.polls()).toMatchObject({ spoiled: 2, failed: { timeout: 0 } });
    expect(summary().verdict).toBe("running");
  });

  it("does not hide an outage for ever behind its own slowness", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = preparing;
    await watch.start();
    await clock.pass(3 * second);
    client.next = () => timedOut;
    client.blockedMs = 3 * second;
    client.tookMs = 3 * second;
    await clock.pass(30 * second);
    expect(summary().link).toBe("outage");
    client.tookMs = 0;
    await clock.pass(4 * second);
  });

  it("takes what it could not read in time for old", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = preparing;
    await watch.start();
    await clock.pass(3 * second);
    client.tookMs = 20 * second;
    client.blockedMs = 20 * second;
    await clock.pass(20 * second);
    client.tookMs = 0;
    expect(summary().ageMs).toBe(20 * second);
    // The answer is read, but nobody knows how old it is; the next one is asked for at once.
    await clock.pass(second);
    expect(summary().ageMs).toBe(0);
    expect(watch.picture().spans.map(({ kind }) => kind)).toEqual([
      "status",
      "unobserved",
      "status",
    ]);
  });
});

describe("a process that runs for months", () => {
  it.each([
    ["24.8 days", 2 ** 31],
    ["49.7 days", 2 ** 32],
    ["ten years", 3650 * day],
  ])("polls on beyond %s, with ages that are right", async (_, uptimeMs) => {
    const { clock, client, watch, summary } = watching({ uptimeMs: uptimeMs - 30 * second });
    client.next = preparing;
    await watch.start();
    await clock.pass(minute + 500);
    expect(client.asked.status).toBe(61);
    expect(summary()).toMatchObject({ ageMs: 500, nextPollInMs: 500 });
    expect(watch.picture().spans).toHaveLength(1);
  });
});

describe("a cluster's own clock", () => {
  it("is told where it is off, and nothing is measured by it", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = preparing;
    client.clockAheadMs = -(3 * hour + 4 * minute);
    await watch.start();
    await clock.pass(2 * second + 500);
    expect(summary()).toMatchObject({ ageMs: 500, verdict: "running" });
    expect(summary().notices).toMatchObject([
      { code: "clock-skew", message: expect.stringMatching(/is 3 h 04 min behind this server's/) },
    ]);
    client.clockAheadMs = 50 * second;
    await clock.pass(second);
    expect(summary().notices).toHaveLength(1);
    client.clockAheadMs = 10 * second;
    await clock.pass(second);
    expect(summary().notices).toEqual([]);
    // Fifty seconds are not worth a word, unless more was said before.
    client.clockAheadMs = 50 * second;
    await clock.pass(second);
    expect(summary().notices).toEqual([]);
  });
});
