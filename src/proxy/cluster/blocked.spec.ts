/** This process itself is blocked: a busy loop, with a real clock, real sockets and a node that goes on meanwhile. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { startLoopDelay } from "../loopDelay.ts";
import { type Cluster, openCluster } from "./cluster.ts";
import { startDeadline } from "./deadline.ts";
import { openExchange } from "./exchange.ts";
import { kindOf, makeRig, patientMs, type Rig } from "./testing/rig.ts";
import { startServerThread } from "./testing/serverThread.fixture.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

const blockMs = 3000;
const timeoutMs = 1000;

async function watched(delaysMs: readonly number[]) {
  const { certificate, later } = rig;
  const server = await startServerThread(certificate, delaysMs);
  later(server.close);
  const loop = startLoopDelay(systemClock);
  later(() => Promise.resolve(loop.stop()));
  const trust = { kind: "fingerprint", sha256: [certificate.fingerprint256] } as const;
  const cluster = openCluster(
    { nodes: [server.url], auth: { kind: "none" }, clusterName: null, trust },
    { clock: systemClock, userAgent: "upgrade-watch/test", blockedMs: loop.blockedMs },
  );
  later(cluster.close);
  expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
  return { cluster, seen: server.seen };
}

/** Polls, and blocks this thread as soon as the question has arrived. */
async function pollBlocked(cluster: Cluster, seen: () => number) {
  const before = seen();
  const poll = cluster.pollStatus(timeoutMs);
  while (seen() === before) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => void setImmediate(resolve));
  }
  const until = performance.now() + blockMs;
  while (performance.now() < until) {
    // As a regular expression or a huge reply would.
  }
  return poll;
}

describe("an event loop that is blocked past the deadline of a poll", () => {
  it("still hears what was answered in time, and takes it for as old as it may be", async () => {
    const { cluster, seen } = await watched([0, 100]);
    const poll = await pollBlocked(cluster, seen);
    expect(kindOf(poll)).toBe("ok");
    expect(poll.blockedMs).toBeGreaterThan(blockMs - 500);
    expect(poll.at).toBe(poll.startedAt);
    expect(cluster.nodes()[0]?.answered).toBe(true);
  });

  it("does not blame the node for what it did not hear", async () => {
    const { cluster, seen } = await watched([0, 60_000]);
    const poll = await pollBlocked(cluster, seen);
    expect(kindOf(poll)).toBe("timeout");
    expect(poll.blockedMs).toBeGreaterThan(blockMs - 500);
    expect(cluster.nodes()[0]?.answered).toBe(true);
  });
});

it("sends nothing once the deadline has passed", async () => {
  const { certificate } = rig;
  const server = await rig.serve(() => undefined);
  const trust = { kind: "fingerprint", sha256: [certificate.fingerprint256] } as const;
  const exchange = openExchange(server.url, trust, { userAgent: "upgrade-watch/test" });
  rig.later(exchange.close);
  let elapsedMs = 0;
  const deadline = startDeadline(1000, () => elapsedMs);
  elapsedMs = 1001;
  const result = await exchange.read("status", null, deadline);
  expect(result).toMatchObject({ ok: false, failure: { kind: "timeout" } });
  expect(server.connections()).toBe(0);
});
