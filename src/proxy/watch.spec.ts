import { afterEach, describe, expect, it } from "vitest";
import type { ClusterConfiguration } from "../contract/configuration.ts";
import type { Change, Span } from "../upgrade/span.ts";
import { type History, openMemoryHistory } from "./history/history.ts";
import type { Log } from "./log.ts";
import { summarise } from "./picture.ts";
import { manualClock } from "./testing/manualClock.ts";
import { address, scriptedCluster, statusOf } from "./testing/scriptedCluster.ts";
import { type Watch, watchCluster } from "./watch.ts";

const second = 1000;
const start = Date.UTC(2026, 10, 23, 12);
const refused = { kind: "refused", message: "The connection was refused." } as const;

const configuration: ClusterConfiguration = {
  id: "lon-prod-1",
  name: "London production",
  nodes: [address],
  auth: { kind: "none" },
  trust: { kind: "system", serverName: null },
  labels: {},
  windowEnd: null,
  zone: "Europe/London",
  runbook: null,
  contact: null,
  ticket: null,
};

const watches: Watch[] = [];
afterEach(async () => {
  await Promise.all(watches.splice(0).map((watch) => watch.stop()));
});

function watching(
  change: { history?: Partial<History>; trust?: ClusterConfiguration["trust"] } = {},
) {
  const clock = manualClock(start);
  const client = scriptedCluster(clock);
  const errors: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message) => void errors.push(message),
  };
  const history: History = { ...openMemoryHistory(clock, "not on disk"), ...change.history };
  const cluster = { ...configuration, trust: change.trust ?? configuration.trust };
  const watch = watchCluster(cluster, {
    client,
    history,
    clock,
    log,
    cadence: { activeMs: second, idleMs: 5 * second, timeoutMs: 5 * second },
    onPublish: () => undefined,
  });
  watches.push(watch);
  const summary = () => summarise(cluster, watch.picture(), false, clock.now());
  return { clock, client, watch, summary, errors };
}

describe("the poll loop of one cluster", () => {
  it("asks once an interval: slowly while idle, fast while something moves", async () => {
    const { clock, client, watch } = watching();
    await watch.start();
    await clock.pass(20 * second);
    expect(client.asked.status).toBe(5);
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 1);
    await clock.pass(5 * second);
    client.asked.status = 0;
    await clock.pass(10 * second);
    expect(client.asked.status).toBe(10);
  });

  it("never overlaps polls, and does not queue what it could not ask", async () => {
    const { clock, client, watch } = watching();
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 1);
    client.tookMs = 2500;
    await watch.start();
    await clock.pass(10 * second);
    expect(client.asked.status).toBe(5);
    client.tookMs = 0;
    await clock.pass(3 * second);
    client.asked.status = 0;
    await clock.pass(2 * second);
    expect(client.asked.status).toBe(2);
  });

  it("goes on after a fault of its own, and tells it", async () => {
    const { clock, client, watch, summary, errors } = watching();
    await watch.start();
    await clock.pass(second);
    client.next = () => {
      throw new Error("a reader that throws");
    };
    await clock.pass(10 * second);
    expect(errors).toContain("poll failed by a fault of ours");
    expect(summary().notices.map(({ code }) => code)).toContain("internal-fault");
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 7);
    await clock.pass(5 * second);
    expect(summary().headline).toBe("Preparing 7 %");
  });

  it("keeps the last answer and its age when polls fail", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 41);
    await watch.start();
    await clock.pass(second);
    client.next = () => refused;
    await clock.pass(10 * second);
    expect(summary()).toMatchObject({ link: "outage", verdict: "outage", progress: 41 });
    expect(summary().ageMs).toBeGreaterThanOrEqual(9 * second);
  });

  it("reads the version before it publishes an idle after an upgrade, and each minute", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_COMMITTING");
    await watch.start();
    await clock.pass(3 * second);
    expect(client.asked.version).toBe(0);
    client.version = "7.2.3";
    client.next = () => statusOf("UPGRADE_STATE_IDLE");
    await clock.pass(second);
    expect(summary()).toMatchObject({ verdict: "done", runningVersion: "7.2.3" });
    expect(client.asked.version).toBe(1);
    await clock.pass(60 * second);
    expect(client.asked.version).toBe(2);
  });

  it("does not call an upgrade done whose version can't be read, and asks again until it can", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_COMMITTING");
    await watch.start();
    await clock.pass(second);
    client.version = null;
    client.next = () => statusOf("UPGRADE_STATE_IDLE");
    await clock.pass(10 * second);
    expect(summary()).toMatchObject({ verdict: "unproven", attention: "look" });
    client.version = "7.2.3";
    await clock.pass(5 * second);
    expect(summary().verdict).toBe("done");
  });

  it("reads how many nodes are back only while nodes restart", async () => {
    const { clock, client, watch, summary } = watching();
    await watch.start();
    await clock.pass(6 * second);
    expect(client.asked.reboot).toBe(0);
    client.next = () => statusOf("UPGRADE_STATE_REBOOTING");
    await clock.pass(6 * second);
    expect(summary()).toMatchObject({
      headline: "Rebooting 2 of 6",
      reboot: { total: 6, rebooted: 2 },
    });
  });

  it("takes an invalid reply for a failed poll, with the error text that it carried", async () => {
    const { clock, client, watch } = watching();
    client.next = () => ({
      quality: "invalid",
      reason: "no-state",
      message: "The reply names no state.",
      errorInfo: "disk failure",
    });
    await watch.start();
    await clock.pass(second);
    expect(watch.picture().spans.at(-1)).toMatchObject({
      kind: "unreachable",
      failure: { kind: "invalid", message: "The reply names no state. It reports: disk failure" },
    });
  });

  it("says for as long as it holds that a certificate is not checked", async () => {
    const { watch, summary } = watching({ trust: { kind: "insecure" } });
    await watch.start();
    expect(summary().notices.map(({ code }) => code)).toEqual(["insecure-tls"]);
  });
});

describe("durable before shown", () => {
  it("serves a change only once the disk has it", async () => {
    let confirm: (() => void) | undefined;
    const record = (): Promise<void> =>
      new Promise((resolve) => {
        confirm = resolve;
      });
    const { clock, watch } = watching({ history: { record } });
    await watch.start();
    await clock.pass(0);
    expect(watch.picture().spans).toEqual([]);
    confirm?.();
    await clock.pass(0);
    expect(watch.picture().spans).toHaveLength(1);
  });

  it("serves it all the same when the disk takes longer than a quarter of a second", async () => {
    const { clock, watch } = watching({ history: { record: () => new Promise(() => undefined) } });
    await watch.start();
    await clock.pass(249);
    expect(watch.picture().spans).toEqual([]);
    await clock.pass(1);
    expect(watch.picture().spans).toHaveLength(1);
  });

  it("goes on when the disk refuses", async () => {
    const record = (): Promise<void> => Promise.reject(new Error("the disk is full"));
    const { clock, client, watch } = watching({ history: { record } });
    await watch.start();
    await clock.pass(second);
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 5);
    await clock.pass(5 * second);
    expect(watch.picture().spans.at(-1)).toMatchObject({ status: { progress: 5 } });
  });

  it("records every change in the order in which it served them", async () => {
    const recorded: Change[] = [];
    const record = (_: string, change: Change): Promise<void> => {
      recorded.push(change);
      return Promise.resolve();
    };
    const { clock, client, watch } = watching({ history: { record } });
    let percent = 0;
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", (percent += 1));
    await watch.start();
    await clock.pass(5 * second);
    const appended = recorded.flatMap((change) => (change.kind === "append" ? change.spans : []));
    expect(appended).toEqual(watch.picture().spans);
  });
});

describe("a restart", () => {
  const before: Span = {
    kind: "status",
    from: start - 120 * second,
    to: start - 60 * second,
    polls: 60,
    node: address,
    status: statusOf("UPGRADE_STATE_PREPARING", 40),
    version: "7.1.4",
  };

  it("tells the time in between as not observed, and goes on with the same run", async () => {
    const { clock, client, watch, summary } = watching({
      history: { load: () => Promise.resolve([before]) },
    });
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 55);
    await watch.start();
    expect(summary()).toMatchObject({ link: "unseen", progress: 40 });
    await clock.pass(second);
    expect(watch.picture().spans.map(({ kind }) => kind)).toEqual([
      "status",
      "unobserved",
      "status",
    ]);
    expect(summary()).toMatchObject({
      link: "answering",
      progress: 55,
      run: { from: before.from },
    });
  });

  it("watches on without what it can't read", async () => {
    const { clock, watch, errors } = watching({
      history: { load: () => Promise.reject(new Error("the file is damaged")) },
    });
    await watch.start();
    await clock.pass(second);
    expect(errors).toContain("history not read");
    expect(watch.picture().spans).toHaveLength(1);
  });
});
