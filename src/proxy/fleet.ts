import type { Clusters, ClusterStatus, History as HistoryAnswer, Notice } from "../contract/api.ts";
import type { Configuration } from "../contract/configuration.ts";
import { spanEnd, type Span } from "../upgrade/span.ts";
import type { EpochMs } from "../upgrade/status.ts";
import { timeline } from "../upgrade/timeline.ts";
import type { Clock } from "./clock.ts";
import type { Cluster } from "./cluster/cluster.ts";
import type { History } from "./history/history.ts";
import { mostSpans } from "./http/api.ts";
import type { FleetView } from "./http/fleetView.ts";
import type { Log } from "./log.ts";
import { statusAnswer, summarise } from "./picture.ts";
import { type Watch, watchCluster } from "./watch.ts";

/** All watches together, and what the HTTP API reads of them. */
export type Fleet = FleetView & {
  /** Begins to poll every cluster. */
  readonly start: () => Promise<void>;
  /** Ends all polls and closes the connections. */
  readonly stop: () => Promise<void>;
};

/** What a fleet works with. */
export type FleetTools = {
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  /** Identifies the built page: it changes with every build. */
  readonly build: string;
  readonly simulated: boolean;
  readonly openClient: (cluster: Configuration["clusters"][number]) => Cluster;
};

/** An answer that was prepared so short a time ago serves again even if something was published since. */
const burstMs = 20;
/** An answer that was prepared so long ago is made anew even if nothing was published: its ages count on. */
const tickMs = 250;
/** A page over many clusters need not ask more often than this. */
const shortestFleetPollMs = 250;
/** So many clusters read the disk at once; the others wait their turn, or its deadline would count their waiting. */
const readersAtOnce = 8;

/** The watches of all configured clusters. */
export function openFleet(configuration: Configuration, tools: FleetTools): Fleet {
  const { history, clock, log, build, simulated, openClient } = tools;
  let publications = 0;
  let prepared: { answer: Clusters; at: EpochMs; publications: number } | undefined;
  const watches = new Map<string, Watch>(
    configuration.clusters.map((cluster) => [
      cluster.id,
      watchCluster(cluster, {
        client: openClient(cluster),
        history,
        clock,
        log,
        cadence: configuration.poll,
        onPublish: () => {
          publications += 1;
        },
      }),
    ]),
  );

  const notices = (): Notice[] => {
    const { state, since, message } = history.health();
    return state === "ok" ? [] : [{ code: "history-degraded", since, message }];
  };

  const prepare = (now: EpochMs): Clusters => {
    const clusters = [...watches.values()].map((watch) =>
      summarise(watch.cluster, watch.picture(), simulated, now),
    );
    const soonest = Math.min(...clusters.map(({ nextPollInMs }) => nextPollInMs));
    return {
      now,
      build,
      simulated,
      notices: notices(),
      clusters,
      nextPollInMs: Math.max(shortestFleetPollMs, Number.isFinite(soonest) ? soonest : 0),
    };
  };

  /** What was stored, with the newest spans as they are published: memory knows their last stretch. */
  const spansOf = async (
    watch: Watch,
    from: EpochMs,
    to: EpochMs,
  ): Promise<Pick<HistoryAnswer, "spans" | "cutBefore">> => {
    const { id } = watch.cluster;
    const newest = watch.picture().spans;
    const recent = overlapping(newest, from, to);
    if (reachesBack(newest, from)) {
      return { spans: recent };
    }
    const oldestInMemory = newest[0]?.from ?? to;
    try {
      const { spans } = await history.read(id, from, Math.min(to, oldestInMemory), mostSpans + 1);
      return { spans: [...spans.filter((span) => span.from < oldestInMemory), ...recent] };
    } catch (error) {
      // What is in memory is still true; the answer says from when on it is complete.
      log.error("history not read", { cluster: id, error });
      return { spans: recent, cutBefore: oldestInMemory };
    }
  };

  return {
    isReady: () => [...watches.values()].every((watch) => watch.picture().tried),
    clusters: () => {
      const now = clock.now();
      const ageMs = prepared === undefined ? Number.POSITIVE_INFINITY : now - prepared.at;
      const isFresh =
        ageMs >= 0 &&
        (ageMs < burstMs || (ageMs < tickMs && prepared?.publications === publications));
      if (prepared === undefined || !isFresh) {
        prepared = { answer: prepare(now), at: now, publications };
      }
      return prepared.answer;
    },
    status: (id): ClusterStatus | undefined => {
      const watch = watches.get(id);
      if (watch === undefined) {
        return undefined;
      }
      const now = clock.now();
      const picture = watch.picture();
      const summary = summarise(watch.cluster, picture, simulated, now);
      const shared = [...notices(), ...summary.notices];
      return statusAnswer({ ...summary, notices: shared }, picture, build, now);
    },
    history: async (id, from, to): Promise<HistoryAnswer | undefined> => {
      const watch = watches.get(id);
      if (watch === undefined) {
        return undefined;
      }
      const { revision } = watch.picture();
      return { now: clock.now(), revision, ...(await spansOf(watch, from, to)) };
    },
    lanes: async (from) => ({
      now: clock.now(),
      lanes: await inTurn([...watches.values()], readersAtOnce, async (watch) => {
        const { spans } = await spansOf(watch, from, clock.now());
        const { states } = timeline(spans, watch.cluster.nodes.length);
        const segments = states.map(({ kind, from: start, to, ...segment }) => ({
          kind,
          from: start,
          to,
          state: "state" in segment ? segment.state : null,
        }));
        return { id: watch.cluster.id, segments };
      }),
    }),
    start: async () => {
      await inTurn([...watches.values()], readersAtOnce, (watch) => watch.start());
    },
    stop: async () => {
      await Promise.all([...watches.values()].map((watch) => watch.stop()));
    },
  };
}

/** Does something for every item, so many at once, and gives the results in the items' order. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [place, item] of queue) {
      // oxlint-disable-next-line no-await-in-loop
      results[place] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Whether what is in memory covers the range's beginning, so that the disk need not be asked. */
function reachesBack(spans: readonly Span[], from: EpochMs): boolean {
  const oldest = spans[0];
  return oldest !== undefined && oldest.from <= from;
}

function overlapping(spans: readonly Span[], from: EpochMs, to: EpochMs): Span[] {
  return spans.filter((span, index) => spanEnd(span, spans[index + 1]) >= from && span.from <= to);
}
