import { statSync } from "node:fs";
import { type Kysely, sql } from "kysely";
import type Connection from "libsql";
import type { EpochMs } from "../../../upgrade/status.ts";
import { HistoryRemovedError } from "../errors.ts";
import type { FolderLock } from "./lock.ts";
import type { Tables } from "./migrations.ts";
import type { NoteRecord } from "./noteRow.ts";
import {
  addNote,
  type NoteOutcome,
  type NotesReading,
  type NotesRequest,
  readNotes,
  withdrawNote,
} from "./noteTable.ts";
import { type PruneLimits, type PrunePlace, pruneRound, type Pruning } from "./pruning.ts";
import type { SpanRecord } from "./row.ts";
import type { HistoryPaths } from "./salvage.ts";
import { bytesOf, readable, type Reading, spansOf, textOf } from "./stored.ts";
import { writeSpans } from "./writing.ts";

/** A cluster's newest place in its history, and when that ended. */
export type Newest = { readonly sequence: number; readonly to: EpochMs };

/** A database with our tables, and the connection below it. */
export type OpenDatabase = {
  readonly database: Kysely<Tables>;
  readonly connection: Connection.Database;
};

/**
 * Spans on disk, one process per folder. Runs in any thread; all calls block it while the disk works.
 */
export class Store {
  readonly #database: Kysely<Tables>;
  readonly #connection: Connection.Database;
  readonly #paths: HistoryPaths;
  readonly #lock: FolderLock;
  readonly #identity: string;

  constructor({ database, connection }: OpenDatabase, paths: HistoryPaths, lock: FolderLock) {
    this.#database = database;
    this.#connection = connection;
    this.#paths = paths;
    this.#lock = lock;
    this.#identity = identityOf(paths.database);
  }

  /** Each cluster's newest place. */
  async newest(): Promise<ReadonlyMap<string, Newest>> {
    const rows = await this.#database
      .selectFrom("span")
      .select([bytesOf("cluster"), "sequence", "ends_at as to"])
      .where((span) =>
        span(
          span.refTuple("cluster", "sequence"),
          "in",
          span
            .selectFrom("span as place")
            .select(({ fn }) => ["place.cluster", fn.max("place.sequence").as("sequence")])
            .groupBy("place.cluster")
            .$asTuple("cluster", "sequence"),
        ),
      )
      .execute();
    return new Map(rows.map(({ cluster, sequence, to }) => [textOf(cluster), { sequence, to }]));
  }

  /**
   * Keeps spans, all or none of them; a span in a place that is taken replaces the one there. On disk when it resolves.
   *
   * @throws HistoryRemovedError when the file is not in its folder any more
   */
  async write(records: readonly SpanRecord[]): Promise<void> {
    this.#mustBeInPlace();
    await this.change((database) => writeSpans(database, records));
  }

  /** Changes what is kept, all of it or nothing. */
  async change(work: (database: Kysely<Tables>) => Promise<void>): Promise<void> {
    await this.#database.transaction().execute(work);
  }

  /** Keeps a note; on disk when it resolves. @throws HistoryRemovedError */
  async addNote(record: NoteRecord): Promise<NoteOutcome> {
    this.#mustBeInPlace();
    return addNote(this.#database, record);
  }

  /** Marks a note as withdrawn by its author; on disk when it resolves. @throws HistoryRemovedError */
  async withdrawNote(cluster: string, id: string, by: string, at: EpochMs): Promise<NoteOutcome> {
    this.#mustBeInPlace();
    return withdrawNote(this.#database, cluster, id, by, at);
  }

  /** The notes that are pinned to a time. */
  async notes(request: NotesRequest): Promise<NotesReading> {
    return readNotes(this.#database, request);
  }

  #mustBeInPlace(): void {
    if (identityOf(this.#paths.database) !== this.#identity) {
      throw new HistoryRemovedError("its files were removed");
    }
  }

  /**
   * The spans of a cluster that overlap a time, oldest first, with the one before where it may hold on into that time.
   *
   * @param limit how many rows at most; the newest are kept
   */
  async read(cluster: string, from: EpochMs, to: EpochMs, limit: number): Promise<Reading> {
    const ofCluster = spansOf(this.#database, cluster);
    const rows = await ofCluster
      .where("ends_at", ">=", from)
      .where("starts_at", "<=", to)
      .orderBy("sequence", "desc")
      .limit(limit)
      .execute();
    const oldest = rows.at(-1);
    if (rows.length < limit && (oldest === undefined || oldest.starts_at > from)) {
      rows.push(
        ...(await ofCluster
          .where("ends_at", "<", from)
          .orderBy("ends_at", "desc")
          .orderBy("sequence", "desc")
          .limit(1)
          .execute()),
      );
    }
    return readable(rows.reverse());
  }

  /** A cluster's newest spans in places before one, at most so many, oldest first. */
  async page(cluster: string, before: number, limit: number): Promise<Reading> {
    const rows = await spansOf(this.#database, cluster)
      .where("sequence", "<", before)
      .orderBy("sequence", "desc")
      .limit(limit)
      .execute();
    return readable(rows.reverse());
  }

  /**
   * Deletes what is too old or too much, in whole upgrades, and gives room back to the disk that the files should not
   * have. One round, so that writes can come between.
   *
   * @param place where the round before ended
   */
  async prune(limits: PruneLimits, place: PrunePlace): Promise<Pruning> {
    const files = { database: this.#database, connection: this.#connection, paths: this.#paths };
    return await pruneRound(files, limits, place);
  }

  /** Closes the file and frees the folder. */
  async close(): Promise<void> {
    try {
      // The driver closes the file for good only once its statements were collected; nothing waits in the journal then.
      await sql`pragma wal_checkpoint(truncate)`.execute(this.#database);
    } finally {
      await this.#database.destroy();
      this.#lock.release();
    }
  }
}

/** Tells a file from any other that comes to its path; empty when there is none. */
function identityOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.dev}:${found.ino}`;
}
