import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { EpochMs } from "../../../upgrade/status.ts";
import { type Carved, carve } from "./carve.ts";
import type { Tables } from "./migrations.ts";
import { keepNote } from "./noteTable.ts";
import { toRow } from "./row.ts";
import type { SpanRecord } from "./row.ts";

/** What became of a damaged history. */
export type Salvage = {
  /** What was found, in words for people. */
  readonly reason: string;
  /** Where the damaged file is now. */
  readonly setAside: string;
  /** How many spans are in the new file. */
  readonly kept: number;
  /** How many places before a kept span are empty; what was newest may be missing without a trace. */
  readonly missing: number;
};

/** The files of a history in a folder. */
export type HistoryPaths = {
  readonly database: string;
  readonly journal: string;
  readonly sharedMemory: string;
  /** What is being salvaged; complete as soon as the database is gone from its place. */
  readonly salvaged: string;
};

const rowsPerTransaction = 500;

export function historyPaths(folder: string): HistoryPaths {
  const database = join(folder, "history.sqlite");
  return {
    database,
    journal: `${database}-wal`,
    sharedMemory: `${database}-shm`,
    salvaged: join(folder, "history.salvaged.sqlite"),
  };
}

/**
 * Puts all that can be read of a damaged database into a new one and sets the damaged one aside; deletes nothing. It
 * must not be open, in this process either.
 *
 * @param makeEmpty makes a database that keeps no journal beside it
 */
export async function salvage(
  folder: string,
  reason: string,
  now: EpochMs,
  makeEmpty: (path: string) => Promise<Kysely<Tables>>,
): Promise<Salvage> {
  const paths = historyPaths(folder);
  removeUnfinished(paths);
  const database = await makeEmpty(paths.salvaged);
  let batch: Carved[] = [];
  const writeBatch = async (): Promise<void> => {
    const found = batch;
    batch = [];
    await database.transaction().execute(async (transaction) => {
      for (const { kind, record } of found) {
        // oxlint-disable-next-line no-await-in-loop
        await (kind === "span" ? keepNewer(transaction, record) : keepNote(transaction, record));
      }
    });
  };
  for (const carved of carve(paths.database, paths.journal)) {
    if (batch.push(carved) >= rowsPerTransaction) {
      // oxlint-disable-next-line no-await-in-loop
      await writeBatch();
    }
  }
  await writeBatch();
  const { kept, missing } = await countsOf(database);
  await database.destroy();
  const setAside = placeSalvaged(paths, folder, now);
  return { reason, setAside, kept, missing };
}

/**
 * Ends a salvage that was killed between its last steps, and forgets one that was killed before them.
 */
export function settleSalvage(folder: string, now: EpochMs): void {
  const paths = historyPaths(folder);
  if (!existsSync(paths.database) && existsSync(paths.salvaged)) {
    placeSalvaged(paths, folder, now);
  } else {
    removeUnfinished(paths);
  }
}

function placeSalvaged(paths: HistoryPaths, folder: string, now: EpochMs): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, "-");
  const aside = join(folder, `history.damaged-${stamp}.sqlite`);
  for (const [path, end] of [
    [paths.database, ""],
    [paths.journal, "-wal"],
    [paths.sharedMemory, "-shm"],
  ] as const) {
    if (existsSync(path)) {
      renameSync(path, `${aside}${end}`);
    }
  }
  renameSync(paths.salvaged, paths.database);
  return aside;
}

function removeUnfinished({ salvaged }: HistoryPaths): void {
  rmSync(salvaged, { force: true });
  rmSync(`${salvaged}-journal`, { force: true });
}

/** A place may turn up in several versions, as a span grows: the one that reaches furthest is the newest. */
async function keepNewer(database: Kysely<Tables>, record: SpanRecord): Promise<void> {
  const row = toRow(record);
  await database
    .insertInto("span")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["cluster", "sequence"])
        .doUpdateSet(row)
        .where((stored) =>
          stored.or([
            stored("span.starts_at", "<", row.starts_at),
            stored.and([
              stored("span.starts_at", "=", row.starts_at),
              stored("span.ends_at", "<", row.ends_at),
            ]),
          ]),
        ),
    )
    .execute();
}

async function countsOf(database: Kysely<Tables>): Promise<{ kept: number; missing: number }> {
  const clusters = await database
    .selectFrom("span")
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.min("sequence").as("first"),
      fn.max("sequence").as("last"),
    ])
    .groupBy("cluster")
    .execute();
  let kept = 0;
  let missing = 0;
  for (const { count, first, last } of clusters) {
    kept += count;
    missing += last - first + 1 - count;
  }
  return { kept, missing };
}
