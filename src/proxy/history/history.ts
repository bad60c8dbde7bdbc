import type { Change, Span } from "../../upgrade/span.ts";
import { dayMs } from "../../upgrade/duration.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { type Clock, settledWithin } from "../clock.ts";
import { reasonOf } from "./errors.ts";
import type { Answer, Request } from "./protocol.ts";
import { Saver } from "./saver.ts";
import type { HistoryHealth } from "./saver.ts";
import { startThread } from "./thread.ts";

export { HistoryInUseError, HistoryUnavailableError } from "./errors.ts";
export { openMemoryHistory } from "./memory.ts";
export type { HistoryHealth } from "./saver.ts";

/** A part of a history. */
export type HistoryPart = {
  /** Opaque; another one after every new span, the same after a stretch. */
  readonly revision: string;
  /** Oldest first. */
  readonly spans: readonly Span[];
};

/** Where spans are kept. */
export type History = {
  /** The spans of a cluster that reach beyond `since`, oldest first, and always its newest one. */
  readonly load: (cluster: string, since: EpochMs) => Promise<readonly Span[]>;
  /**
   * Keeps a change. Resolves once it is on disk, rejects when it was given up; while the disk fails or hangs it stays
   * pending and is tried again. A rejection that nobody waits for does no harm.
   */
  readonly record: (cluster: string, change: Change) => Promise<void>;
  /**
   * The spans that overlap a time, oldest first, with the one before where it may hold on into that time; of more than
   * `limit` the newest. Also what is not on disk yet.
   */
  readonly read: (
    cluster: string,
    from: EpochMs,
    to: EpochMs,
    limit: number,
  ) => Promise<HistoryPart>;
  /**
   * Deletes what ended before `olderThan`, and the oldest beyond `maxBytes`; nothing of the last 24 hours and never the
   * newest span of a cluster.
   *
   * @returns how many spans were deleted
   */
  readonly prune: (olderThan: EpochMs, maxBytes: number) => Promise<number>;
  readonly health: () => HistoryHealth;
  /** Saves what is pending, as far as the disk allows it within a second and a half, and frees the folder. */
  readonly close: () => Promise<void>;
};

/** What a history is opened with. */
export type HistoryOptions = {
  /** Where the files are; made when it is not there. */
  readonly folder: string;
  /** The built `worker.ts` of this folder. */
  readonly workerUrl: URL;
  readonly clock: Clock;
  /** Called when saving or reading begins to fail, and when records are given up or damaged. */
  readonly onProblem: (message: string) => void;
  /** Called when saving goes on. */
  readonly onRecovery?: (message: string) => void;
  /** Stretches are saved this often. */
  readonly flushEveryMs?: number;
  /** How long a failed write waits for its next try. */
  readonly retryAfterMs?: number;
  /** So many records are kept in memory while they can't be saved. */
  readonly mostPending?: number;
};

const readWithinMs = 3_000;
const closeWithinMs = 1_500;
const mostLoaded = 10_000;

/**
 * Opens the history in a folder, in a thread of its own.
 *
 * @throws HistoryInUseError when another process has the folder; HistoryUnavailableError when it cannot be opened
 */
export async function openHistory(options: HistoryOptions): Promise<History> {
  const { folder, workerUrl, clock, onProblem, onRecovery = () => undefined } = options;
  const { flushEveryMs = 3_000, retryAfterMs = 1_000, mostPending = 20_000 } = options;
  let thread = await startThread(workerUrl, { folder }, clock);
  const sequences = new Map(thread.newestSequences);
  const damaged = new Set<string>();
  const saver = new Saver({
    folder,
    clock,
    onProblem,
    onRecovery,
    flushEveryMs,
    retryAfterMs,
    mostPending,
    write: async (records) => {
      await thread.ask({ kind: "write", records });
    },
  });
  let isClosing = false;

  const restart = async (reason: string): Promise<void> => {
    if (isClosing) {
      return;
    }
    saver.degrade(reason);
    await new Promise<void>((resolve) => void clock.after(retryAfterMs, resolve));
    try {
      thread = await startThread(workerUrl, { folder }, clock);
      void thread.ended.then(restart);
      saver.flush();
    } catch (error) {
      await restart(reasonOf(error));
    }
  };
  void thread.ended.then(restart);

  const ask = async (request: Request): Promise<Answer> => {
    const answer = thread.ask(request);
    try {
      if (!(await settledWithin(clock, answer, readWithinMs))) {
        throw new Error("the disk does not answer");
      }
      return await answer;
    } catch (error) {
      throw new Error(`The history in ${folder} cannot be read: ${reasonOf(error)}.`, {
        cause: error,
      });
    }
  };

  const read: History["read"] = async (cluster, from, to, limit) => {
    const answer = await ask({ kind: "read", cluster, from, to, limit });
    const reading = answer.kind === "read" ? answer : { records: [], unreadable: 0 };
    if (reading.unreadable > 0 && !damaged.has(cluster)) {
      damaged.add(cluster);
      onProblem(
        `${reading.unreadable} records in the history of ${cluster} are damaged and left out; the rest is shown. Nothing was deleted from ${folder}.`,
      );
    }
    const spans = new Map(reading.records.map(({ sequence, span }) => [sequence, span]));
    for (const [sequence, span] of saver.queue.of(cluster)) {
      if (spans.has(sequence) || (span.to >= from && span.from <= to)) {
        spans.set(sequence, span);
      }
    }
    const ordered = [...spans].sort(([one], [other]) => one - other).slice(-limit);
    return {
      revision: String(sequences.get(cluster) ?? 0),
      spans: ordered.map(([, span]) => span),
    };
  };

  const record: History["record"] = (cluster, change) => {
    const newest = sequences.get(cluster) ?? 0;
    const isStretch = change.kind === "stretch" && newest > 0;
    const spans = change.kind === "stretch" ? [change.span] : change.spans;
    const first = isStretch ? newest : newest + 1;
    const records = spans.map((span, index) => ({ cluster, sequence: first + index, span }));
    sequences.set(cluster, first + records.length - 1);
    const kept = new Promise<void>((resolve, reject) => {
      saver.save(cluster, records, !isStretch, { resolve, reject });
    });
    // Stretches are not awaited, and changes only for a moment.
    kept.catch(() => undefined);
    return kept;
  };

  const prune: History["prune"] = async (olderThan, maxBytes) => {
    const keepFrom = clock.now() - dayMs;
    let deleted = 0;
    for (;;) {
      // One round after the other, so that writes get between them.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await thread.ask({ kind: "prune", olderThan, maxBytes, keepFrom });
      if (answer.kind !== "pruned") {
        return deleted;
      }
      deleted += answer.deleted;
      if (!answer.more) {
        return deleted;
      }
    }
  };

  const close = async (): Promise<void> => {
    isClosing = true;
    const saveAll = async (): Promise<void> => {
      await saver.drain();
      await thread.ask({ kind: "close" });
    };
    try {
      if (!(await settledWithin(clock, saveAll(), closeWithinMs))) {
        onProblem(`The history in ${folder} was not closed cleanly: the disk does not answer.`);
      }
    } catch (error) {
      onProblem(`The history in ${folder} was not closed cleanly: ${reasonOf(error)}.`);
    }
    saver.stop();
    await settledWithin(clock, thread.stop(), closeWithinMs / 3);
  };

  return {
    load: async (cluster, since) =>
      (await read(cluster, since, Number.MAX_SAFE_INTEGER, mostLoaded)).spans,
    record,
    read,
    prune,
    health: () => saver.health,
    close,
  };
}
