import { afterEach, describe, expect, it } from "vitest";
import type { ClusterConfiguration } from "../contract/configuration.ts";
import type { Span } from "../upgrade/span.ts";
import { type Fleet, openFleet } from "./fleet.ts";
import type { History } from "./history/history.ts";
import { openMemoryHistory } from "./history/testing/memory.fixture.ts";
import { clusterNamed as cluster, configurationOf } from "./testing/configuration.ts";
import { manualClock } from "./testing/manualClock.ts";
import { address, scriptedCluster, statusOf } from "./testing/scriptedCluster.ts";
import { refused } from "./testing/watching.ts";

const second = 1000;
const hour = 3600 * second;
const start = Date.UTC(2026, 10, 23, 12);

const fleets: Fleet[] = [];
afterEach(async () => {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.stop()));
});

const configuration = configurationOf([cluster("one"), cluster("two")]);

function watched(history: Partial<History> = {}) {
  const clock = manualClock(start);
  const clients = configuration.clusters.map(() => scriptedCluster(clock));
  const queue = [...clients];
  const kept: History = { ...openMemoryHistory(clock, "kept in memory"), ...history };
  const fleet = openFleet(configuration, {
    history: kept,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    build: "b1",
    simulated: false,
    openClient: () => queue.shift() ?? scriptedCluster(clock),
  });
  fleets.push(fleet);
  return { clock, clients, fleet, kept };
}

function clockNoticeOf(answer: ReturnType<Fleet["clusters"]> | ReturnType<Fleet["status"]>) {
  return answer?.notices.find(({ code }) => code === "clock-changed")?.message;
}

describe("a fleet", () => {
  it("is ready once every cluster was tried, however that went", async () => {
    const { clock, clients, fleet } = watched();
    const takes = (tookMs: number): void => {
      const [, slow] = clients;
      if (slow !== undefined) {
        slow.tookMs = tookMs;
      }
    };
    takes(2 * second);
    await fleet.start();
    await clock.pass(second);
    takes(0);
    expect(fleet.isReady()).toBe(false);
    await clock.pass(2 * second);
    expect(fleet.isReady()).toBe(true);
  });

  it("asks each cluster once an interval, however many viewers ask the fleet", async () => {
    const { clock, clients, fleet } = watched();
    await fleet.start();
    await clock.pass(10 * second);
    const before = clients.map(({ asked }) => asked.status);
    for (let viewer = 0; viewer < 200; viewer += 1) {
      fleet.clusters();
      fleet.status("one");
    }
    await clock.pass(15 * second);
    expect(clients.map(({ asked }, index) => asked.status - (before[index] ?? 0))).toEqual([3, 3]);
  });

  it("asks clusters that began together one after another from then on", async () => {
    const { clock, clients, fleet } = watched();
    await fleet.start();
    await clock.pass(20 * second);
    const before = clients.map(({ asked }) => asked.status);
    const since = () => clients.map(({ asked }, index) => asked.status - (before[index] ?? 0));
    await clock.pass(2.5 * second);
    expect(since()).toEqual([0, 1]);
    await clock.pass(2.5 * second);
    expect(since()).toEqual([1, 1]);
  });

  it("prepares one answer for all viewers, and another when something was published", async () => {
    const { clock, clients, fleet } = watched();
    await fleet.start();
    await clock.pass(second);
    const answer = fleet.clusters();
    await clock.pass(100);
    expect(fleet.clusters()).toBe(answer);
    const [first] = clients;
    if (first !== undefined) {
      first.next = () => statusOf("UPGRADE_STATE_PREPARING", 5);
    }
    await clock.pass(5 * second);
    const later = fleet.clusters();
    expect(later.clusters[0]?.headline).toBe("Preparing 5 %");
    expect(later.now).toBeGreaterThan(answer.now);
  });

  it("says on every page that the server's clock was set", async () => {
    const { clock, fleet } = watched();
    const said = () => [fleet.clusters(), fleet.status("one")].map(clockNoticeOf);
    await fleet.start();
    await clock.pass(10 * second);
    clock.set(30 * second);
    expect(said()).toEqual([undefined, undefined]);
    clock.set(-hour);
    const words = /^The server's clock was set back by 1 h at 11:00 UTC\./;
    expect(said()).toEqual([expect.stringMatching(words), expect.stringMatching(words)]);
    clock.set(hour);
    expect(said()[0]).toMatch(/forward by 1 h at 12:00 UTC, the last of 2 times in a day/);
  });

  it("tells a history in one order, though it was stored before and after the clock was set back", async () => {
    const { clock, clients, fleet } = watched();
    const [first] = clients;
    await fleet.start();
    await clock.pass(60 * second);
    clock.set(-hour);
    if (first !== undefined) {
      first.next = () => statusOf("UPGRADE_STATE_PREPARING", 5);
    }
    await clock.pass(10 * second);
    const answer = await fleet.history("one", clock.now() - 2 * hour, clock.now());
    const spans = answer?.spans ?? [];
    expect(spans.map(({ from, to }) => to - from)).toEqual([60 * second, 5 * second]);
    expect(spans[0]?.from).toBe(start - hour);
    const before = await fleet.history("one", start - 2 * hour, start - hour - 1);
    expect(before?.spans).toEqual([]);
  });

  it("makes an old answer anew, so that its ages count on", async () => {
    const { clock, fleet } = watched();
    await fleet.start();
    await clock.pass(second);
    const { ageMs } = fleet.clusters().clusters[0] ?? { ageMs: null };
    await clock.pass(2 * second);
    expect(fleet.clusters().clusters[0]?.ageMs).toBe((ageMs ?? 0) + 2 * second);
  });

  it("tells everyone when the history is degraded", async () => {
    const { fleet } = watched();
    expect(fleet.clusters().notices).toMatchObject([
      { code: "history-degraded", message: "kept in memory" },
    ]);
    expect(fleet.status("one")?.notices.map(({ code }) => code)).toEqual(["history-degraded"]);
  });

  it("tells everyone when no cluster at all is reached, until one is", async () => {
    const { clock, clients, fleet } = watched();
    await fleet.start();
    await clock.pass(second);
    for (const client of clients) {
      client.next = () => refused;
    }
    await clock.pass(20 * second);
    const notice = {
      code: "all-unreachable",
      message: "All 2 clusters are unreachable: check this host's network.",
    };
    expect(fleet.clusters().notices).toContainEqual(expect.objectContaining(notice));
    expect(fleet.status("one")?.notices).toContainEqual(expect.objectContaining(notice));
    const [first] = clients;
    if (first !== undefined) {
      first.next = () => statusOf("UPGRADE_STATE_IDLE");
    }
    await clock.pass(2 * second);
    expect(fleet.clusters().notices.map(({ code }) => code)).not.toContain("all-unreachable");
  });

  it("knows no cluster that is not configured", async () => {
    const { fleet } = watched();
    expect(fleet.status("three")).toBeUndefined();
    expect(await fleet.history("__proto__", 0, start)).toBeUndefined();
  });

  it("answers with what it knows, and from when on, where the disk can't be read", async () => {
    const { clock, fleet } = watched({ read: () => Promise.reject(new Error("damaged")) });
    await fleet.start();
    await clock.pass(second);
    const history = await fleet.history("one", start - hour, clock.now());
    expect(history).toMatchObject({ cutBefore: start, spans: [{ kind: "status", from: start }] });
  });

  it("joins what is stored with what is newer in memory, without a seam", async () => {
    const old: Span = {
      kind: "status",
      from: start - 48 * hour,
      to: start - 47 * hour,
      polls: 10,
      node: address,
      status: statusOf("UPGRADE_STATE_IDLE"),
      version: "7.1.3",
    };
    const newer: Span = { ...old, from: start - hour, to: start - second, version: "7.1.4" };
    const { clock, fleet } = watched({
      load: () => Promise.resolve([newer]),
      read: () => Promise.resolve({ revision: "", spans: [old, newer] }),
    });
    await fleet.start();
    await clock.pass(second);
    const history = await fleet.history("one", start - 72 * hour, clock.now());
    expect(history?.spans.map(({ kind, from }) => [kind, from])).toEqual([
      ["status", old.from],
      ["status", newer.from],
      ["unobserved", newer.to],
      ["status", start],
    ]);
    const recent = await fleet.history("one", start, clock.now());
    expect(recent?.spans.at(-1)).toMatchObject({ kind: "status", from: start });
  });

  it("lets a cluster that is configured no longer go at once, and keeps its history", async () => {
    const { clock, clients, fleet, kept } = watched();
    await fleet.start();
    await clock.pass(second);
    const reconfigured = fleet.reconfigure({ ...configuration, clusters: [cluster("two")] });
    expect(fleet.clusters().clusters.map(({ id }) => id)).toEqual(["two"]);
    expect(fleet.status("one")).toBeUndefined();
    await reconfigured;
    await clock.pass(hour);
    expect(clients[0]?.asked.status).toBe(1);
    expect((await kept.load("one", 0)).length).toBeGreaterThan(0);
  });

  it("watches a cluster that is added, and stays ready meanwhile", async () => {
    const { clock, fleet } = watched();
    await fleet.start();
    await clock.pass(second);
    expect(fleet.isReady()).toBe(true);
    const clusters = [cluster("zero"), ...configuration.clusters];
    await fleet.reconfigure({ ...configuration, clusters });
    expect(fleet.isReady()).toBe(true);
    await clock.pass(second);
    expect(fleet.clusters().clusters).toMatchObject([
      { id: "zero", state: "UPGRADE_STATE_IDLE" },
      { id: "one" },
      { id: "two" },
    ]);
  });

  it("disturbs no cluster that did not change, but lets its token be read again", async () => {
    const { clock, clients, fleet } = watched();
    await fleet.start();
    await clock.pass(second);
    const before = fleet.status("one");
    await fleet.reconfigure({ ...configuration, clusters: [cluster("one"), cluster("three")] });
    await clock.pass(3 * second);
    expect(clients[0]?.asked).toMatchObject({ status: 1, renewed: 1 });
    expect(fleet.status("one")?.revision).toBe(before?.revision);
    await clock.pass(2 * second);
    expect(clients[0]?.asked.status).toBe(2);
  });

  it("goes on with what was heard of a cluster under another name and another address", async () => {
    const { clock, clients, fleet } = watched();
    const [first] = clients;
    if (first !== undefined) {
      first.next = () => statusOf("UPGRADE_STATE_PREPARING", 5);
    }
    await fleet.start();
    await clock.pass(second / 2);
    const renamed: ClusterConfiguration = {
      ...cluster("one"),
      name: "London",
      nodes: ["https://127.0.0.2:8000"],
      trust: { kind: "insecure" },
    };
    await fleet.reconfigure({ ...configuration, clusters: [renamed, cluster("two")] });
    expect(fleet.status("one")).toMatchObject({
      name: "London",
      state: "UPGRADE_STATE_PREPARING",
      notices: [{ code: "history-degraded" }, { code: "insecure-tls" }],
    });
    // The new way to it answers that it is idle; nothing lies between that was not observed.
    await clock.pass(second);
    const history = await fleet.history("one", 0, clock.now());
    expect(history?.spans.map((span) => span.kind)).toEqual(["status", "status"]);
    expect(first?.asked.status).toBe(1);
  });

  it("asks in the new cadence at once", async () => {
    const { clock, clients, fleet } = watched();
    await fleet.start();
    await clock.pass(second);
    const poll = { ...configuration.poll, idleMs: second };
    await fleet.reconfigure({ ...configuration, poll });
    await clock.pass(3 * second);
    expect(clients.map(({ asked }) => asked.status)).toEqual([5, 5]);
  });
});
