/** Kills the real program in the middle of its writes, round after round on the same data, and looks what is left. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { historySchema } from "../../src/contract/spans.ts";
import { openStore } from "../../src/proxy/history/disk/open.ts";
import { randomFrom } from "../../src/proxy/history/testing/damage.fixture.ts";
import { type ManualCluster, startManualCluster } from "../../src/simulator/manualCluster.ts";
import { usualSettings } from "../../src/simulator/situation.ts";
import type { Span } from "../../src/upgrade/span.ts";
import { clustersOf } from "../disk.ts";
import { removeProxy, type RunningProxy, startProxy } from "../proxy.ts";

/** What all rounds together came to. */
export type Tally = {
  readonly rounds: number;
  /** Changes that an answer showed before a kill, while the history did not say that it is not being saved. */
  readonly served: number;
  /** Of these, how many are in the history after the restart. */
  readonly kept: number;
  /** Times without a watch, one a round and cluster, and how many of them the history tells as not observed. */
  readonly unwatched: number;
  readonly told: number;
  /** What else was wrong. */
  readonly faults: readonly string[];
};

type Watched = { readonly id: string; readonly cluster: ManualCluster };

const changeEveryMs = 25;
const lookEveryMs = 60;
const waitAtMostMs = 20_000;
const forEver = Number.MAX_SAFE_INTEGER;

/** @param seed decides when each round ends */
export async function killRounds(rounds: number, clusters: number, seed: number): Promise<Tally> {
  const random = randomFrom(seed);
  const watched = await Promise.all(
    Array.from({ length: clusters }, async (_, index) => ({
      id: `cluster-${index + 1}`,
      cluster: await startManualCluster({ token: null }),
    })),
  );
  const stopChanging = keepChanging(watched);
  const proxy = await startProxy({ clusters: watched });
  const served = new Map<string, ServedSpan>();
  const faults: string[] = [];
  let unwatched = 0;
  let told = 0;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      // oxlint-disable no-await-in-loop
      const before = served.size;
      const enough = before + clusters * (1 + Math.floor(random() * 2));
      await look(proxy, watched, served, () => served.size >= enough);
      await untilAsked(watched[Math.floor(random() * clusters)]);
      // From the request over the answer to the write, and a little beyond.
      await pause(random() * 30);
      await proxy.kill();
      const killedAt = Date.now();
      faults.push(...(await damagesIn(join(proxy.folder, "data"), `round ${round}`)));
      const restartedAt = Date.now();
      await proxy.restart();
      const gaps = await Promise.all(
        watched.map(({ id }) => isGapTold(proxy, id, killedAt, restartedAt)),
      );
      unwatched += clusters;
      told += gaps.filter(Boolean).length;
      // oxlint-enable no-await-in-loop
    }
    const kept = await countKept(proxy, watched, served);
    const { notices } = await clustersOf(proxy);
    faults.push(
      ...notices.filter(({ code }) => code !== "history-degraded").map(({ message }) => message),
    );
    return { rounds, served: served.size, kept, unwatched, told, faults };
  } finally {
    stopChanging();
    await removeProxy(proxy);
    await Promise.all(watched.map(({ cluster }) => cluster.stop()));
  }
}

/** What a tally comes to: nothing lost, everything told. */
export function isSound({ served, kept, unwatched, told, faults }: Tally): boolean {
  return served > 0 && kept === served && told === unwatched && faults.length === 0;
}

type ServedSpan = { readonly id: string; readonly span: Span };

/** Every poll hears something new: a percent, a state or an error text, and now and then nothing at all. */
function keepChanging(watched: readonly Watched[]): () => void {
  let serial = 0;
  const timer = setInterval(() => {
    serial += 1;
    const isPreparing = serial % 150 < 101;
    for (const { cluster } of watched) {
      void cluster.set({
        state: isPreparing ? "UPGRADE_STATE_PREPARING" : "UPGRADE_STATE_COMMITTED",
        progress: isPreparing ? serial % 150 : null,
        settings: usualSettings,
        errorInfo: `change ${serial}`,
      });
    }
  }, changeEveryMs);
  return () => clearInterval(timer);
}

/** Looks at what is served until it is enough, and notes every change. */
async function look(
  proxy: RunningProxy,
  watched: readonly Watched[],
  served: Map<string, ServedSpan>,
  isEnough: () => boolean,
): Promise<void> {
  const revisions = new Map<string, string>();
  const giveUpAt = Date.now() + waitAtMostMs;
  while (!isEnough()) {
    // oxlint-disable no-await-in-loop
    const { clusters } = await clustersOf(proxy);
    const news = clusters.filter(({ id, revision }) => revisions.get(id) !== revision);
    const parts = await Promise.all(
      news.map(async ({ id, revision }) => {
        revisions.set(id, revision);
        return { id, spans: await askHistory(proxy, id) };
      }),
    );
    // What is served while the history says that it can't keep up is not promised to be kept.
    const { notices } = await clustersOf(proxy);
    if (!notices.some(({ code }) => code === "history-degraded")) {
      for (const { id, spans } of parts) {
        for (const span of spans) {
          served.set(`${id} ${span.from} ${span.kind}`, { id, span });
        }
      }
    }
    if (Date.now() > giveUpAt) {
      throw new Error(`Only ${served.size} changes were served.\n${proxy.output()}`);
    }
    await pause(lookEveryMs);
    // oxlint-enable no-await-in-loop
  }
  if (watched.length === 0) {
    throw new Error("Nothing is watched.");
  }
}

/** Waits for the next request that a cluster gets. */
async function untilAsked(watched: Watched | undefined): Promise<void> {
  const before = watched?.cluster.requests.length;
  const giveUpAt = Date.now() + waitAtMostMs;
  while (watched?.cluster.requests.length === before && Date.now() < giveUpAt) {
    // oxlint-disable-next-line no-await-in-loop
    await pause(1);
  }
}

/** What is wrong with the files that a kill has left; looks at a copy, so that the program finds them as they are. */
async function damagesIn(data: string, when: string): Promise<readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  cpSync(data, copy, { recursive: true });
  try {
    const { store } = await openStore(copy, null);
    const unreadable: number[] = [];
    for (const cluster of (await store.newest()).keys()) {
      // oxlint-disable-next-line no-await-in-loop
      unreadable.push((await store.read(cluster, 0, forEver, 100_000)).unreadable);
    }
    await store.close();
    const rows = unreadable.reduce((sum, count) => sum + count, 0);
    return rows === 0 ? [] : [`${when}: ${rows} rows are damaged`];
  } catch (error) {
    return [`${when}: ${String(error)}`];
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Whether the time between two moments reads as not observed, once something was heard after it. */
async function isGapTold(
  proxy: RunningProxy,
  id: string,
  killedAt: number,
  restartedAt: number,
): Promise<boolean> {
  const giveUpAt = Date.now() + waitAtMostMs;
  while (Date.now() < giveUpAt) {
    // oxlint-disable-next-line no-await-in-loop
    const spans = await askHistory(proxy, id);
    if (spans.some(({ kind, from }) => kind !== "unobserved" && from >= restartedAt)) {
      return spans.some(
        ({ kind, from, to }) => kind === "unobserved" && from <= killedAt && to >= restartedAt,
      );
    }
    // oxlint-disable-next-line no-await-in-loop
    await pause(lookEveryMs);
  }
  return false;
}

async function countKept(
  proxy: RunningProxy,
  watched: readonly Watched[],
  served: ReadonlyMap<string, ServedSpan>,
): Promise<number> {
  const kept = new Map<string, Span>();
  for (const { id } of watched) {
    // oxlint-disable-next-line no-await-in-loop
    for (const span of await askHistory(proxy, id)) {
      kept.set(`${id} ${span.from} ${span.kind}`, span);
    }
  }
  return [...served].filter(([key, { span }]) => {
    const found = kept.get(key);
    return found !== undefined && isDeepStrictEqual(heardIn(found), heardIn(span));
  }).length;
}

/** What a span says that was heard: it may have grown since it was served. */
function heardIn({ to: _to, polls: _polls, node: _node, ...heard }: Span) {
  return heard;
}

async function askHistory({ url }: RunningProxy, id: string): Promise<readonly Span[]> {
  const reply = await fetch(`${url}/api/clusters/${id}/history`);
  return historySchema.parse(await reply.json()).spans;
}
