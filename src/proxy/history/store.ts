import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import Database from "libsql";
import type { EpochMs } from "../../upgrade/status.ts";
import { sqliteDialect } from "./dialect.ts";
import { HistoryInUseError, HistoryUnavailableError, reasonOf } from "./errors.ts";
import { createPrivately, lockFolder } from "./lock.ts";
import type { FolderLock } from "./lock.ts";
import { migrate } from "./migrations.ts";
import type { Tables } from "./migrations.ts";
import { fromRow, toRow } from "./row.ts";
import type { SpanRecord, SpanRow } from "./row.ts";

/** What was read, and how many rows in it were too damaged to be read. */
export type Reading = { readonly records: readonly SpanRecord[]; readonly unreadable: number };

/** What a round of pruning did; call again while `more`. */
export type Pruning = { readonly deleted: number; readonly more: boolean };

/** Values of nine columns in each row: a statement stays well below the limit of 32,766 values. */
const rowsPerStatement = 500;
const rowsPerPruning = 2_000;

/**
 * Spans on disk, one process per folder. Runs in any thread; all calls block it while the disk works.
 */
export class Store {
  readonly #database: Kysely<Tables>;
  readonly #lock: FolderLock;

  constructor(database: Kysely<Tables>, lock: FolderLock) {
    this.#database = database;
    this.#lock = lock;
  }

  /** Each cluster's newest place in its history. */
  async newestSequences(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database
      .selectFrom("span")
      .select(({ fn }) => ["cluster", fn.max("sequence").as("newest")])
      .groupBy("cluster")
      .execute();
    return new Map(rows.map(({ cluster, newest }) => [cluster, newest]));
  }

  /**
   * Keeps spans, all or none of them; a span in a place that is taken replaces the one there. On disk when it resolves.
   */
  async write(records: readonly SpanRecord[]): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      for (let start = 0; start < records.length; start += rowsPerStatement) {
        await transaction
          .insertInto("span")
          .values(records.slice(start, start + rowsPerStatement).map(toRow))
          .onConflict((conflict) =>
            conflict.columns(["cluster", "sequence"]).doUpdateSet((row) => ({
              starts_at: row.ref("excluded.starts_at"),
              ends_at: row.ref("excluded.ends_at"),
              polls: row.ref("excluded.polls"),
              node: row.ref("excluded.node"),
              kind: row.ref("excluded.kind"),
              body: row.ref("excluded.body"),
              checksum: row.ref("excluded.checksum"),
            })),
          )
          .execute();
      }
    });
  }

  /**
   * The spans of a cluster that overlap a time, oldest first, with the one before where it may hold on into that time.
   *
   * @param limit how many rows at most; the newest are kept
   */
  async read(cluster: string, from: EpochMs, to: EpochMs, limit: number): Promise<Reading> {
    const ofCluster = this.#database.selectFrom("span").selectAll().where("cluster", "=", cluster);
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

  /**
   * Deletes what ended before `olderThan`, then the oldest spans while the file holds more than `maxBytes`; never one
   * that ended after `keepFrom`, nor the newest of a cluster. One round, so that writes can come between.
   */
  async prune(olderThan: EpochMs, maxBytes: number, keepFrom: EpochMs): Promise<Pruning> {
    const before = (await this.#usedBytes()) > maxBytes ? keepFrom : Math.min(olderThan, keepFrom);
    const { numDeletedRows } = await this.#database
      .deleteFrom("span")
      .where((span) =>
        span(
          span.refTuple("cluster", "sequence"),
          "in",
          span
            .selectFrom("span as old")
            .select(["old.cluster", "old.sequence"])
            .where("old.ends_at", "<", before)
            .where((old) =>
              old.exists(
                old
                  .selectFrom("span as newer")
                  .select("newer.sequence")
                  .whereRef("newer.cluster", "=", "old.cluster")
                  .whereRef("newer.sequence", ">", "old.sequence"),
              ),
            )
            .orderBy("old.ends_at")
            .limit(rowsPerPruning)
            .$asTuple("cluster", "sequence"),
        ),
      )
      .executeTakeFirstOrThrow();
    const deleted = Number(numDeletedRows);
    return { deleted, more: deleted === rowsPerPruning };
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

  /** Bytes of the file that hold something: deleted rows leave room that later ones take. */
  async #usedBytes(): Promise<number> {
    const { rows } = await sql<{ bytes: number }>`
      select (pages.page_count - free.freelist_count) * size.page_size as bytes
      from pragma_page_count() as pages, pragma_freelist_count() as free, pragma_page_size() as size
    `.execute(this.#database);
    return rows[0]?.bytes ?? 0;
  }
}

/**
 * Opens the history of a folder; makes both if they are not there yet, readable for their owner alone.
 *
 * @throws HistoryInUseError when another process has it; HistoryUnavailableError when it cannot be opened
 */
export async function openStore(folder: string): Promise<Store> {
  let lock: FolderLock | undefined;
  let connection: Database.Database | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock = lockFolder(folder);
    const path = join(folder, "history.sqlite");
    createPrivately(path);
    connection = new Database(path);
    connection.pragma("busy_timeout = 5000");
    connection.pragma("journal_mode = WAL");
    connection.pragma("synchronous = FULL");
    const database = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
    await migrate(database);
    return new Store(database, lock);
  } catch (error) {
    connection?.close();
    lock?.release();
    if (error instanceof HistoryInUseError) {
      throw error;
    }
    throw new HistoryUnavailableError(
      `The history in ${folder} cannot be opened: ${reasonOf(error)}.`,
      { cause: error },
    );
  }
}

function readable(rows: readonly SpanRow[]): Reading {
  const records = rows.flatMap((row) => fromRow(row) ?? []);
  return { records, unreadable: rows.length - records.length };
}
