import { type Kysely, sql } from "kysely";
import type Connection from "libsql";
import type { EpochMs } from "../../../upgrade/status.ts";
import { cutOf } from "./cut.ts";
import type { Tables } from "./migrations.ts";
import { pruneNotes } from "./noteTable.ts";
import type { HistoryPaths } from "./salvage.ts";
import { sizeOf } from "./sound.ts";
import { bytesOf, textOf } from "./stored.ts";

/** What the files may hold. */
export type PruneLimits = {
  /** What ended before is deleted. */
  readonly olderThan: EpochMs;
  /** Of what is left the oldest is deleted while the files hold more. */
  readonly maxBytes: number;
  /** Nothing that ended later is deleted. */
  readonly keepFrom: EpochMs;
};

/** How far a pruning has come. */
export type PrunePlace = {
  readonly phase: "age" | "size" | "shrink";
  /** What ended until then was looked at. */
  readonly after: EpochMs;
};

export const pruningBegins: PrunePlace = { phase: "age", after: Number.MIN_SAFE_INTEGER };

/** What one round of pruning did. */
export type Pruning = {
  readonly deleted: number;
  /** From which place on each of these clusters is kept. */
  readonly keptFrom: ReadonlyMap<string, number>;
  /** Where the next round goes on; null when this was the last one. */
  readonly next: PrunePlace | null;
  /** More bytes than allowed that can't be deleted; 0 where there are none. */
  readonly excessBytes: number;
};

/** An open history and its files. */
export type PrunedFiles = {
  readonly database: Kysely<Tables>;
  readonly connection: Connection.Database;
  readonly paths: HistoryPaths;
};

/** So few that a write between two rounds is not held up long enough to be told. */
const rowsPerRound = 2_000;
/** So few that not much more is deleted than what is too much. */
const rowsPerSize = 200;
/** A round that took so long leaves the rest to the next one. */
const longRoundMs = 50;
const pagesPerVacuum = 1_000;
const nothing = { deleted: 0, keptFrom: new Map<string, number>(), excessBytes: 0 };

/** One round: deletes upgrades that are too old, then the oldest while the files hold too much, then shrinks the files. */
export async function pruneRound(
  files: PrunedFiles,
  limits: PruneLimits,
  place: PrunePlace,
): Promise<Pruning> {
  const { database } = files;
  const done = await roundOf(files, limits, place);
  if (done.deleted > 0 || done.next === null || place.phase === "shrink") {
    await sql`pragma wal_checkpoint(truncate)`.execute(database);
  }
  return done;
}

async function roundOf(
  files: PrunedFiles,
  limits: PruneLimits,
  { phase, after }: PrunePlace,
): Promise<Pruning> {
  const { maxBytes, keepFrom } = limits;
  const tooOld = Math.min(limits.olderThan, keepFrom);
  if (phase === "shrink") {
    return { ...nothing, next: (await shrink(files, maxBytes)) ? { phase, after } : null };
  }
  if (phase === "size" && (await usedBytes(files)) <= maxBytes) {
    return { ...nothing, next: { phase: "shrink", after } };
  }
  const end = phase === "age" ? tooOld : keepFrom;
  const slice = await endedBetween(
    files.database,
    after,
    end,
    phase === "age" ? rowsPerRound : rowsPerSize,
  );
  if (slice.clusters.length > 0) {
    const before = phase === "age" ? end : Math.min(slice.upTo + 1, end);
    const split = phase === "age" ? "keep" : "drop";
    // One transaction, because the disk confirms each.
    const done = await files.database.transaction().execute(async (database) => {
      const found = await deleteOf(database, slice, { after, before, keepFrom, split });
      if (found.deleted > 0) {
        await pruneNotes(database, before);
      }
      return found;
    });
    const { deleted, keptFrom } = done;
    return { deleted, keptFrom, excessBytes: 0, next: { phase, after: done.after } };
  }
  if (phase === "age") {
    await pruneNotes(files.database, tooOld);
    return { ...nothing, next: { ...pruningBegins, phase: "size" } };
  }
  const excessBytes = Math.max(0, (await usedBytes(files)) - maxBytes);
  return { ...nothing, excessBytes, next: { phase: "shrink", after } };
}

/** Rows of which some may go. */
type Slice = {
  /** Whose they are, and when the oldest of each ended; in the order of that. */
  readonly clusters: readonly (readonly [cluster: string, endsAt: EpochMs])[];
  /** When the newest ended. */
  readonly upTo: EpochMs;
};

/** The oldest that ended after a moment and before another. */
async function endedBetween(
  database: Kysely<Tables>,
  after: EpochMs,
  before: EpochMs,
  limit: number,
): Promise<Slice> {
  const rows = await database
    .selectFrom("span")
    .select([bytesOf("cluster"), "ends_at"])
    .where("ends_at", ">", after)
    .where("ends_at", "<", before)
    .orderBy("ends_at")
    .limit(limit)
    .execute();
  const clusters = new Map<string, EpochMs>();
  for (const { cluster, ends_at: endsAt } of rows) {
    const id = textOf(cluster);
    clusters.set(id, clusters.get(id) ?? endsAt);
  }
  return { clusters: [...clusters], upTo: rows.at(-1)?.ends_at ?? after };
}

type Asked = Omit<Parameters<typeof cutOf>[1], "cluster"> & { readonly after: EpochMs };

/** Deletes what may go of some clusters, as far as a round goes. `after` is what the next one looks at. */
async function deleteOf(
  database: Kysely<Tables>,
  { clusters, upTo }: Slice,
  { after, ...asked }: Asked,
): Promise<Pick<Pruning, "deleted" | "keptFrom"> & { readonly after: EpochMs }> {
  const keptFrom = new Map<string, number>();
  const startedMs = performance.now();
  let deleted = 0;
  for (const [cluster, endsAt] of clusters) {
    const isLate = performance.now() - startedMs > longRoundMs;
    if (isLate && endsAt - 1 > after) {
      return { deleted, keptFrom, after: endsAt - 1 };
    }
    // oxlint-disable-next-line no-await-in-loop
    const cut = await cutOf(database, { ...asked, cluster });
    // oxlint-disable-next-line no-await-in-loop
    const count = await deleteBefore(database, cluster, cut, rowsPerRound - deleted);
    deleted += count;
    if (count > 0) {
      keptFrom.set(cluster, cut);
    }
    if (deleted >= rowsPerRound) {
      return { deleted, keptFrom, after };
    }
  }
  return { deleted, keptFrom, after: upTo };
}

async function deleteBefore(
  database: Kysely<Tables>,
  cluster: string,
  cut: number,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom("span")
    .where("cluster", "=", cluster)
    .where("sequence", "in", (old) =>
      old
        .selectFrom("span as old")
        .select("old.sequence")
        .where("old.cluster", "=", cluster)
        .where("old.sequence", "<", cut)
        .orderBy("old.sequence")
        .limit(limit),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Gives some room back to the disk. @returns whether there may be more to be given back */
async function shrink(
  { database, connection, paths }: PrunedFiles,
  maxBytes: number,
): Promise<boolean> {
  const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(database);
  const isShrinking = sizeOf(paths.database) > maxBytes && (rows[0]?.freelist_count ?? 0) > 0;
  if (isShrinking) {
    // The query builder's way of running it leaves the statement unfinished, and so the file locked.
    connection.exec(`pragma incremental_vacuum(${pagesPerVacuum})`);
  }
  return isShrinking;
}

/** Bytes of the files that hold something: deleted rows leave room that later ones take. */
async function usedBytes({ database, paths }: PrunedFiles): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select (pages.page_count - free.freelist_count) * size.page_size as bytes
    from pragma_page_count() as pages, pragma_freelist_count() as free, pragma_page_size() as size
  `.execute(database);
  return (rows[0]?.bytes ?? 0) + sizeOf(paths.journal);
}
