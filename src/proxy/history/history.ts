import type { Span } from "../../upgrade/span.ts";
import { dayMs } from "../../upgrade/duration.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { settledWithin } from "../clock.ts";
import { noticeBoard } from "../notices.ts";
import { connect } from "./connection.ts";
import { reasonOf } from "./errors.ts";
import { withHoles } from "./holes.ts";
import { openNoteBook } from "./notes.ts";
import { Places } from "./places.ts";
import type { SpanRecord } from "./disk/row.ts";
import type { Answer, Ending, Opened, Request } from "./protocol.ts";
import { pruneInRounds } from "./retention.ts";
import { Saver } from "./saver.ts";
import type { History, HistoryOptions } from "./types.ts";
import {
  oversizeWords,
  removedWords,
  salvagedWords,
  unreadableNotesWords,
  unreadableWords,
} from "./words.ts";

export { HistoryInUseError } from "./errors.ts";
export type { HistoryHealth } from "./saver.ts";
export type { History, HistoryOptions, HistoryPart } from "./types.ts";

const readWithinMs = 3_000;
const saveLastWithinMs = 1_000;
/** A busy disk may answer late; what is cut off now is lost. */
const stopWithinMs = 2_500;
const mostLoaded = 10_000;
const mostRemembered = 2_000;
const forEver = Number.MAX_SAFE_INTEGER;

/**
 * Opens the history in a folder, in a thread of its own. Where that can't be opened, or is lost later, it goes on in
 * memory, says so, and tries again.
 *
 * @throws HistoryInUseError when another process has the folder
 */
export async function openHistory(options: HistoryOptions): Promise<History> {
  const { folder, workerUrl, clock, onProblem, onRecovery = () => undefined } = options;
  const { flushEveryMs = 3_000, retryAfterMs = 1_000, mostPending = 20_000 } = options;
  const { reopenAfterMs = 3_000, openWithinMs = 5_000 } = options;
  const places = new Places(mostRemembered);
  const board = noticeBoard();
  const unreadable = new Map<string, number>();
  const keptFrom = new Map<string, number>();
  let wasOpen = false;
  let settleOpening = (): void => undefined;
  const opening = new Promise<void>((resolve) => {
    settleOpening = resolve;
  });
  let isRemoved = false;
  const saver = new Saver({
    folder,
    clock,
    onProblem,
    onRecovery,
    flushEveryMs,
    retryAfterMs,
    mostPending,
    write: async (records) => {
      await connection.ask({ kind: "write", records });
    },
  });

  const tell = (code: string, message: string): void => {
    board.put(code, message, clock.now());
    onProblem(message);
  };

  const save = (
    cluster: string,
    records: readonly SpanRecord[],
    isUrgent: boolean,
  ): Promise<void> => {
    const kept = new Promise<void>((resolve, reject) => {
      saver.save(cluster, records, isUrgent, { resolve, reject });
    });
    // Stretches are not awaited, and changes only for a moment.
    kept.catch(() => undefined);
    return kept;
  };

  /** What was heard before the first opening comes after what is on disk. */
  const follow = ({ newest }: Opened): void => {
    for (const [cluster, onDisk] of newest) {
      const { shift, hole } = places.follow(cluster, onDisk);
      saver.queue.shift(cluster, shift);
      if (hole !== null) {
        void save(cluster, [hole], true);
      }
    }
  };

  /** What the disk has lost and memory has not is written anew. @returns how many records that were */
  const restore = ({ newest }: Opened): number => {
    let restored = 0;
    for (const [cluster, records] of places.missing(newest)) {
      restored += records.length;
      void save(cluster, records, true);
    }
    return restored;
  };

  const onOpened = (opened: Opened): void => {
    const { salvage } = opened;
    if (!wasOpen) {
      follow(opened);
    }
    const restored = restore(opened);
    if (salvage !== null) {
      tell("history-damaged", salvagedWords(folder, salvage));
    }
    if (isRemoved) {
      tell("history-removed", removedWords(folder, restored));
    }
    wasOpen = true;
    isRemoved = false;
    saver.flush();
    settleOpening();
  };

  const onEnded = (kind: Ending["kind"], reason: string): void => {
    isRemoved ||= kind === "removed";
    if (kind === "in-use" && !wasOpen) {
      // Whoever opens it is told so, and starts nothing: there is no live view that goes on.
      return;
    }
    saver.degrade(reason);
  };

  const connection = connect({ folder, workerUrl, clock, reopenAfterMs, onOpened, onEnded });
  await connection.tried(openWithinMs);

  const ask = async (request: Request): Promise<Answer> => {
    const answer = connection.ask(request);
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

  const readRecords = async (
    request: Extract<Request, { kind: "read" | "page" }>,
  ): Promise<readonly SpanRecord[]> => {
    const { cluster } = request;
    const answer = await ask(request);
    const reading = answer.kind === "read" ? answer : { records: [], unreadable: 0 };
    if (reading.unreadable > (unreadable.get(cluster) ?? 0)) {
      unreadable.set(cluster, reading.unreadable);
      tell("history-incomplete", unreadableWords(folder, cluster, reading.unreadable));
    }
    return reading.records;
  };

  /** What was read, with what is not on disk yet. */
  const upToDate = (
    cluster: string,
    records: readonly SpanRecord[],
    from: EpochMs,
    to: EpochMs,
  ): readonly Span[] => {
    const spans = new Map(records.map(({ sequence, span }) => [sequence, span]));
    for (const [sequence, span] of saver.queue.of(cluster)) {
      if (spans.has(sequence) || (span.to >= from && span.from <= to)) {
        spans.set(sequence, span);
      }
    }
    return withHoles(spans);
  };

  const read: History["read"] = async (cluster, from, to, limit) => {
    const records = await readRecords({ kind: "read", cluster, from, to, limit });
    const spans = upToDate(cluster, records, from, to).slice(-limit);
    return { revision: String(places.newest(cluster)), spans };
  };

  const load: History["load"] = async (cluster, since) => {
    if (!wasOpen) {
      // Said in the notice about the whole history; there is nothing to be read for now.
      return [];
    }
    const records = await readRecords({
      kind: "read",
      cluster,
      from: since,
      to: forEver,
      limit: mostLoaded,
    });
    places.remember(records);
    return upToDate(cluster, records, since, forEver);
  };

  const prune: History["prune"] = async (olderThan, maxBytes) => {
    const limits = { olderThan, maxBytes, keepFrom: clock.now() - dayMs };
    const pruned = await pruneInRounds(connection.ask, limits);
    for (const [cluster, from] of pruned.keptFrom) {
      keptFrom.set(cluster, from);
    }
    const words = oversizeWords(folder, maxBytes, pruned.excessBytes);
    board.hold("history-oversize", words, clock.now());
    return pruned.deleted;
  };

  const close = async (): Promise<boolean> => {
    const saveLast = async (): Promise<void> => {
      await saver.drain();
      await connection.ask({ kind: "close" });
    };
    try {
      if (!(await settledWithin(clock, saveLast(), saveLastWithinMs))) {
        throw new Error("the disk does not answer");
      }
    } catch (error) {
      onProblem(`The history in ${folder} was not closed cleanly: ${reasonOf(error)}.`);
    }
    saver.stop();
    return await connection.stop(stopWithinMs);
  };

  return {
    opening: () => (wasOpen ? null : opening),
    load,
    record: (cluster, change) =>
      save(cluster, places.enter(cluster, change), change.kind === "append"),
    read,
    page: (cluster, before, limit) =>
      readRecords({ kind: "page", cluster, before: before ?? forEver, limit }),
    notes: openNoteBook(connection.ask, clock, (cluster, count) =>
      tell("notes-incomplete", unreadableNotesWords(folder, cluster, count)),
    ),
    unreadable: (cluster) => unreadable.get(cluster) ?? 0,
    keptFrom: (cluster) => keptFrom.get(cluster) ?? 0,
    prune,
    health: () => saver.health,
    pending: () => saver.queue.size,
    notices: () => {
      const { state, since, message } = saver.health;
      const degraded = state === "ok" ? [] : [{ code: "history-degraded", since, message }];
      return [...degraded, ...board.list()];
    },
    close,
  };
}
