import { isDeepStrictEqual } from "node:util";
import type { Clusters, ClusterStatus, Notice } from "../contract/api.ts";
import type { History as HistoryAnswer } from "../contract/spans.ts";
import type { ClusterConfiguration, Configuration } from "../contract/configuration.ts";
import { allUnreachableSince } from "../upgrade/allUnreachable.ts";
import type { EpochMs } from "../upgrade/status.ts";
import { timeline } from "../upgrade/timeline.ts";
import type { Cadence } from "./cadence.ts";
import type { Clock } from "./clock.ts";
import { watchClockSets } from "./clockNotices.ts";
import type { Cluster } from "./cluster/cluster.ts";
import { replaceableCluster, type ReplaceableCluster } from "./cluster/replaceable.ts";
import { heldEarlierRuns } from "./earlierRuns.ts";
import type { History } from "./history/history.ts";
import type { FleetView } from "./http/fleetView.ts";
import { inTurn } from "./inTurn.ts";
import type { Log } from "./log.ts";
import { statusAnswer, summarise } from "./picture.ts";
import type { PollTally } from "./pollTally.ts";
import { type ClustersChange, clustersChange } from "./reload/change.ts";
import { openReplay } from "./replay/replay.ts";
import { openRunCatalogue } from "./runs/catalogue.ts";
import { curveReader } from "./runs/curves.ts";
import { spanReader } from "./spansOf.ts";
import { shares } from "./turn.ts";
import { type Watch, watchCluster } from "./watch.ts";

/** All watches together, and what the HTTP API reads of them. */
export type Fleet = FleetView & {
  /** Begins to poll every cluster. */
  readonly start: () => Promise<void>;
  /**
   * Watches what a new configuration names, once {@link start} is done. A cluster that it leaves out is gone at once,
   * its history stays; one that it changes is watched on, with all that was heard; the others are not disturbed.
   */
  readonly reconfigure: (configuration: Configuration) => Promise<ClustersChange>;
  /** How the polls of every cluster came out since it is watched. */
  readonly polls: () => ReadonlyMap<string, PollTally>;
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
  /** What else every page has to say. */
  readonly notices?: () => readonly Notice[];
  readonly openClient: (cluster: Configuration["clusters"][number]) => Cluster;
};

/** A watch, with the way to its cluster. */
type Watched = Watch & { readonly client: ReplaceableCluster };

/**
 * An answer that was prepared so short a time ago serves again even if something was published since: in a large fleet
 * something is published all the time, and an answer is dear.
 */
const burstMs = { least: 20, perCluster: 0.25 };
/** An answer that was prepared so long ago is made anew even if nothing was published: its ages count on. */
const tickMs = 250;
/** A page over many clusters need not ask more often than this. */
const shortestFleetPollMs = 250;
/** So many clusters read the disk at once; the others wait their turn, or its deadline would count their waiting. */
const readersAtOnce = 8;

/** The watches of all configured clusters. */
export function openFleet(initial: Configuration, tools: FleetTools): Fleet {
  const { history, clock, log, build, simulated, openClient } = tools;
  let configuration = initial;
  const clockNotices = watchClockSets(clock);
  const nextShare = shares();
  let publications = 0;
  clock.onSet(() => {
    prepared = undefined;
  });
  let prepared: { answer: Clusters; atMs: number; publications: number } | undefined;
  let wasReady = false;
  // Read at every poll, so that a new cadence holds from the next one on.
  const cadence: Cadence = {
    get activeMs() {
      return configuration.poll.activeMs;
    },
    get idleMs() {
      return configuration.poll.idleMs;
    },
    get timeoutMs() {
      return configuration.poll.timeoutMs;
    },
  };
  const watchOf = (cluster: ClusterConfiguration): Watched => {
    const client = replaceableCluster(openClient(cluster));
    const onPublish = (): void => {
      publications += 1;
    };
    return Object.assign(
      watchCluster(cluster, {
        client,
        history,
        clock,
        log,
        cadence,
        onPublish,
        share: nextShare(),
      }),
      { client },
    );
  };
  let watches: ReadonlyMap<string, Watched> = new Map(
    configuration.clusters.map((cluster) => [cluster.id, watchOf(cluster)]),
  );

  const catalogue = openRunCatalogue({ watches: () => watches, history, clock, log });
  const earlier = heldEarlierRuns(catalogue.earlier, clock);
  const spansOf = spanReader({ history, log });
  const replay = openReplay({
    watches: () => watches,
    read: spansOf,
    ended: catalogue.ended,
    clock,
    cadence,
    build,
    simulated,
  });

  const unreachable = (): Notice[] => {
    const since = allUnreachableSince(
      [...watches.values()].map((watch) => ({
        spans: watch.picture().spans,
        addresses: watch.cluster().nodes.length,
      })),
    );
    const message = `All ${watches.size} clusters are unreachable: check this host's network.`;
    return since === null ? [] : [{ code: "all-unreachable", since, message }];
  };

  const notices = (): Notice[] => [
    ...unreachable(),
    ...history.notices(),
    ...clockNotices(),
    ...(tools.notices?.() ?? []),
  ];

  const reconfigure = async (next: Configuration): Promise<ClustersChange> => {
    const change = clustersChange(configuration.clusters, next.clusters);
    const hasNewCadence = !isDeepStrictEqual(configuration.poll, next.poll);
    const left = change.removed.flatMap((id) => watches.get(id) ?? []);
    const added = new Map(change.added.map((cluster) => [cluster.id, watchOf(cluster)]));
    const replaced: Promise<void>[] = [];
    for (const cluster of next.clusters) {
      const watch = watches.get(cluster.id);
      if (watch === undefined) {
        continue;
      }
      if (change.rerouted.has(cluster.id)) {
        replaced.push(watch.client.replace(openClient(cluster)));
      } else {
        watch.client.renewSecrets();
      }
      if (hasNewCadence || change.changed.has(cluster.id)) {
        watch.reconfigure(cluster);
      }
    }
    configuration = next;
    watches = new Map(
      next.clusters.flatMap(({ id }) => {
        const watch = added.get(id) ?? watches.get(id);
        return watch === undefined ? [] : [[id, watch] as const];
      }),
    );
    prepared = undefined;
    await Promise.all([
      ...replaced,
      ...left.map((watch) => watch.stop()),
      inTurn([...added.values()], readersAtOnce, (watch) => watch.start()),
    ]);
    return change;
  };

  const prepare = (now: EpochMs): Clusters => {
    const clusters = [...watches.values()].map((watch) =>
      summarise(watch.cluster(), watch.picture(), simulated, now, earlier),
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

  return {
    isReady: () => {
      // A cluster that is added later must not take a server that shows all others out of service.
      wasReady ||= [...watches.values()].every((watch) => watch.picture().tried);
      return wasReady;
    },
    reconfigure,
    polls: () => new Map([...watches].map(([id, watch]) => [id, watch.polls()])),
    clusters: () => {
      // After a sleep a viewer may ask before anything else of ours runs.
      clock.look();
      const nowMs = clock.steadyMs();
      const ageMs = prepared === undefined ? Number.POSITIVE_INFINITY : nowMs - prepared.atMs;
      const sharedMs = Math.min(tickMs, Math.max(burstMs.least, watches.size * burstMs.perCluster));
      const isFresh =
        ageMs < sharedMs || (ageMs < tickMs && prepared?.publications === publications);
      if (prepared === undefined || !isFresh) {
        prepared = { answer: prepare(clock.now()), atMs: nowMs, publications };
      }
      return prepared.answer;
    },
    status: (id): ClusterStatus | undefined => {
      const watch = watches.get(id);
      if (watch === undefined) {
        return undefined;
      }
      clock.look();
      const now = clock.now();
      const picture = watch.picture();
      const summary = summarise(watch.cluster(), picture, simulated, now, earlier);
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
        const { states } = timeline(spans, watch.cluster().nodes.length);
        const segments = states.map(({ kind, from: start, to, ...segment }) => ({
          kind,
          from: start,
          to,
          state: "state" in segment ? segment.state : null,
        }));
        return { id: watch.cluster().id, segments };
      }),
    }),
    runs: catalogue.list,
    run: catalogue.run,
    replay,
    curves: curveReader({ run: catalogue.run, earlier }),
    start: async () => {
      catalogue.start();
      await inTurn([...watches.values()], readersAtOnce, (watch) => watch.start());
    },
    stop: async () => {
      catalogue.stop();
      await Promise.all([...watches.values()].map((watch) => watch.stop()));
    },
  };
}
