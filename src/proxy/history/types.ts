import type { Notice } from "../../contract/api.ts";
import type { Change, Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { Clock } from "../clock.ts";
import type { SpanRecord } from "./disk/row.ts";
import type { NoteBook } from "./notes.ts";
import type { HistoryHealth } from "./saver.ts";

/** A part of a history. */
export type HistoryPart = {
  /** Opaque; another one after every new span, the same after a stretch. */
  readonly revision: string;
  /** Oldest first. */
  readonly spans: readonly Span[];
};

/** Where spans are kept. */
export type History = {
  /** Settles once it is open; null when it is, or was. Until then `load` has nothing. */
  readonly opening: () => Promise<void> | null;
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
   * Deletes what ended before `olderThan`, and the oldest beyond `maxBytes`, in whole upgrades; nothing of the last 24
   * hours and never the newest span of a cluster.
   *
   * @returns how many spans were deleted
   */
  readonly prune: (olderThan: EpochMs, maxBytes: number) => Promise<number>;
  /**
   * A cluster's newest records before a place, oldest first, as they are on disk: for reading all of a history, piece by
   * piece, whatever its dates are.
   *
   * @param before a place that was given out; null for the newest
   * @throws when the disk fails, hangs, or is not open yet
   */
  readonly page: (
    cluster: string,
    before: number | null,
    limit: number,
  ) => Promise<readonly SpanRecord[]>;
  /** From which place on a cluster's history was kept when it was pruned last; 0 where that has not happened. */
  readonly keptFrom: (cluster: string) => number;
  /** What people pinned to moments of clusters. */
  readonly notes: NoteBook;
  /** How many of a cluster's records were found too damaged to be read. */
  readonly unreadable: (cluster: string) => number;
  readonly health: () => HistoryHealth;
  /** How many spans wait for the disk. */
  readonly pending: () => number;
  /** What people should know of it: that nothing is saved now, and what was lost since the start. */
  readonly notices: () => readonly Notice[];
  /**
   * Saves what is pending, as far as the disk allows it within a second, and frees the folder.
   *
   * @returns whether its thread has ended; one that hangs in the disk can't be ended, and holds up the process's own end
   */
  readonly close: () => Promise<boolean>;
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
  /** How long after a fault the folder is opened again. */
  readonly reopenAfterMs?: number;
  /** The first opening is not waited for any longer: live view matters more. */
  readonly openWithinMs?: number;
  /** So many records are kept in memory while they can't be saved. */
  readonly mostPending?: number;
};
