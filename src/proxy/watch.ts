import type { ClusterConfiguration } from "../contract/configuration.ts";
import type { Observation } from "../upgrade/observation.ts";
import type { Change } from "../upgrade/span.ts";
import { dayMs, secondMs } from "../upgrade/duration.ts";
import { openAlarm } from "./alarm.ts";
import { watchBesides } from "./besides.ts";
import { type Cadence, intervalMs, waitMs } from "./cadence.ts";
import { type Clock, settledWithin } from "./clock.ts";
import { holdAhead, holdSkew } from "./clockNotices.ts";
import { type Cluster, remarkCodes, type StatusPoll } from "./cluster/cluster.ts";
import type { History } from "./history/history.ts";
import { openLedger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { logFields, logKey } from "./logWords.ts";
import { noticeBoard } from "./notices.ts";
import { type Picture, pictureOf } from "./picture.ts";
import { isSpoiled, outcomeOf, redated } from "./pollOutcome.ts";
import { noPolls, type PollTally, tallied } from "./pollTally.ts";
import { afterPercent, noPercent, scaleDoubt } from "./progressScale.ts";
import { openTurns } from "./turn.ts";
import {
  afterHearing,
  afterReading,
  afterSilence,
  shouldReadVersion,
  unknownVersion,
  type VersionKnowledge,
} from "./versionWatch.ts";

/** The poll loop of one cluster. */
export type Watch = {
  readonly cluster: () => ClusterConfiguration;
  /** Goes on under another configuration of the same id; the next poll comes at once. */
  readonly reconfigure: (cluster: ClusterConfiguration) => void;
  /** Loads what was heard before and begins to poll. */
  readonly start: () => Promise<void>;
  /** Ends the loop after the poll under way, and closes the connections. */
  readonly stop: () => Promise<void>;
  /** What is published now. */
  readonly picture: () => Picture;
  /** How its polls came out since the start. */
  readonly polls: () => PollTally;
};

/** What a loop works with. */
export type WatchTools = {
  readonly client: Cluster;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  readonly cadence: Cadence;
  /** Called after each publication. */
  readonly onPublish: () => void;
  /** From 0 to 1: keeps clusters that fail together from being asked in step. */
  readonly chance?: () => number;
  /** Which share of an interval is waited after the first answer, see `turn.ts`. */
  readonly share?: number;
};

/** A change is on disk before it is served, but no longer than this is waited for the disk. */
const durableWithinMs = 250;
/** So far back a run in flight is looked for after a start. */
const lookBackMs = 14 * dayMs;
/** A process that is always blocked must not hide an outage: after so many polls in a row that it spoiled they count. */
const mostSpoiled = 2;
/** Longer than this the version is not waited for, but where the link itself is slow. */
const versionWithinMs = secondMs;

/**
 * Watches one cluster: asks, folds the answer into the history, publishes, waits. Polls never overlap, and nothing
 * that a poll does can end the loop.
 */
export function watchCluster(first: ClusterConfiguration, tools: WatchTools): Watch {
  const { client, history, clock, log, cadence, chance = Math.random } = tools;
  let cluster = first;
  const startedAt = clock.now();
  const board = noticeBoard();
  const noteTrust = (): void => {
    const message =
      "The certificate is not checked (insecure: true): anyone in between can pose as this cluster.";
    const isInsecure = cluster.trust.kind === "insecure";
    board.hold("insecure-tls", isInsecure ? message : null, clock.now());
    if (isInsecure) {
      log.warn(message, { cluster: cluster.id });
    }
  };
  noteTrust();
  const ledger = openLedger(clock);
  const startedMs = clock.steadyMs();
  let failures = 0;
  let polls = noPolls;
  let spoiled = 0;
  let clockSetMs = 0;
  let plannedWaitMs = cadence.activeMs;
  let scale = noPercent;
  let version: VersionKnowledge = unknownVersion;
  const checksName = (): boolean => cluster.clusterName !== null;
  const { timeoutMs } = cadence;
  const besides = watchBesides({ client, clock, board, timeoutMs, checksName });
  let latencyMs: number | null = null;
  let nextAnswerMs = startedMs;
  let running: Promise<void> | undefined;
  const alarm = openAlarm(clock);
  const turns = openTurns(tools.share);
  let stopped = false;
  let view = ledger.view();
  let tried = false;
  let shownIntervalMs = cadence.activeMs;
  let node: string | null = null;

  const pictureNow = (): Picture =>
    pictureOf(view, besides.facts(), {
      startedAt: clock.dateOf(startedMs),
      tried,
      intervalMs: shownIntervalMs,
      nextAnswerAt: clock.dateOf(nextAnswerMs),
      node,
      latencyMs,
      nodes: client.nodes(),
      notices: board.list(),
    });
  let picture = pictureNow();

  const publish = (): void => {
    const now = clock.now();
    const remarks = client.remarks();
    for (const code of remarkCodes) {
      board.hold(code, remarks[code], now);
    }
    picture = pictureNow();
    tools.onPublish();
  };

  const readVersion = async (statusMs: number): Promise<void> => {
    // A slow link needs its time for this too, but a version that hangs must not hold up the picture.
    const limitMs = Math.min(cadence.timeoutMs, Math.max(versionWithinMs, 3 * statusMs));
    const reading = await client.readVersion(limitMs);
    version = afterReading(version, reading.version, clock.steadyMs());
  };

  const observationOf = async (poll: StatusPoll): Promise<Observation> => {
    const { startedAt: sentAt, at, node, outcome } = poll;
    besides.noteAnswer(outcome, at);
    if (outcome.kind === "failure") {
      version = afterSilence(version);
      const trust = outcome.trust ? { trust: true } : {};
      const failure = { ...outcome.failure, ...trust };
      return { kind: "unreachable", startedAt: sentAt, at, node, failure };
    }
    const { reading } = outcome;
    if (reading.quality === "invalid") {
      const error = reading.errorInfo === null ? "" : ` It reports: ${reading.errorInfo}`;
      const message = `${reading.message}${error}`;
      const failure = { kind: "invalid", message } as const;
      return { kind: "unreachable", startedAt: sentAt, at, node, failure };
    }
    scale = afterPercent(scale, reading.status);
    board.hold("progress-scale", scaleDoubt(scale), at);
    holdSkew(board, poll);
    await besides.readBefore(reading.status.state);
    version = afterHearing(version, reading.status.state);
    if (shouldReadVersion(version, clock.steadyMs())) {
      await readVersion(poll.latencyMs);
    }
    const { status } = reading;
    return { kind: "status", startedAt: sentAt, at, node, status, version: version.version };
  };

  /** Waits until the disk has the change, within bounds: a slow disk never holds up the live view. */
  const keep = async (change: Change): Promise<void> => {
    const kept = history.record(cluster.id, change);
    // The history says of itself that it is degraded; here a failure only ends the waiting.
    const settled = kept.catch((error: unknown) => {
      log.warn("history not written", { cluster: cluster.id, error: String(error) });
    });
    if (change.kind === "append") {
      await settledWithin(clock, settled, durableWithinMs);
    }
  };

  const publishSpans = (): void => {
    view = ledger.view();
    publish();
  };

  /** Polls once, due by the steady clock at a moment. @returns when the next poll is due */
  const pollOnce = async (dueMs: number): Promise<number> => {
    const beganMs = clock.steadyMs();
    const poll = await client.pollStatus(cadence.timeoutMs);
    const setBeforeMs = clockSetMs;
    if (isSpoiled(poll) && spoiled < mostSpoiled) {
      spoiled += 1;
      polls = { ...polls, spoiled: polls.spoiled + 1 };
      return clock.steadyMs();
    }
    spoiled = isSpoiled(poll) ? spoiled : 0;
    const observation = redated(await observationOf(poll), clockSetMs - setBeforeMs);
    if (stopped) {
      // A poll that we cut off ourselves says nothing of the cluster.
      return clock.steadyMs();
    }
    failures = observation.kind === "status" ? 0 : failures + 1;
    const before = ledger.spans().at(-1);
    const change = ledger.add(observation, plannedWaitMs);
    if (logKey(before) !== logKey(ledger.spans().at(-1))) {
      log.info("change", { cluster: cluster.id, ...logFields(observation) });
    }
    await keep(change);
    const outcome = outcomeOf(observation, poll, {
      spans: ledger.spans(),
      failures,
      addresses: cluster.nodes.length,
    });
    plannedWaitMs = waitMs(cadence, outcome, chance());
    polls = tallied(polls, observation, clock.steadyMs() - beganMs, plannedWaitMs);
    const turnMs = turns.next(observation.kind === "status", { dueMs, beganMs }, plannedWaitMs);
    if (observation.kind === "status") {
      latencyMs = poll.latencyMs;
      shownIntervalMs = intervalMs(cadence, observation.status.state);
    }
    const nextStartMs = Math.max(clock.steadyMs(), turnMs);
    nextAnswerMs = nextStartMs + (latencyMs ?? 0);
    tried = true;
    node = poll.node;
    publishSpans();
    if (await besides.readAfter(observation, poll.outcome)) {
      publish();
    }
    return nextStartMs;
  };

  const loop = async (): Promise<void> => {
    let dueMs = clock.steadyMs();
    while (!stopped) {
      try {
        dueMs = await pollOnce(dueMs);
        board.clear("internal-fault");
      } catch (error) {
        // A fault of ours must not end the watch; it is told, and the next poll comes.
        const message = `A fault of Upgrade Watch itself: ${String(error)}`;
        board.put("internal-fault", message, clock.now());
        log.error("poll failed by a fault of ours", { cluster: cluster.id, error: String(error) });
        tried = true;
        publish();
        dueMs = clock.steadyMs() + cadence.activeMs;
      }
      if (!stopped) {
        await alarm.wait(dueMs - clock.steadyMs());
      }
    }
  };

  const stopListening = clock.onSet((byMs) => {
    clockSetMs += byMs;
    ledger.clockSet(byMs);
    board.clockSet(byMs);
    holdAhead(board, ledger.aheadMs(), clock.dateOf(startedMs));
    publishSpans();
  });

  const takeOver = async (): Promise<void> => {
    try {
      ledger.takeOver(await history.load(cluster.id, startedAt - lookBackMs));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      board.put("history-unread", `What was heard before can't be read: ${reason}`, startedAt);
      log.error("history not read", { cluster: cluster.id, error: reason });
    }
    holdAhead(board, ledger.aheadMs(), clock.dateOf(startedMs));
    publishSpans();
  };

  return {
    cluster: () => cluster,
    picture: () => picture,
    polls: () => polls,
    reconfigure: (next) => {
      cluster = next;
      noteTrust();
      publish();
      alarm.ring();
    },
    start: async () => {
      const opening = history.opening();
      await takeOver();
      // One that can be opened only later goes before what was heard meanwhile.
      void opening?.then(takeOver);
      running = loop();
    },
    stop: async () => {
      stopped = true;
      stopListening();
      alarm.ring();
      await client.close();
      await running;
    },
  };
}
