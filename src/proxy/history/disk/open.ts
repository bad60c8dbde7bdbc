import { mkdirSync } from "node:fs";
import { Kysely } from "kysely";
import Database from "libsql";
import { codeOf } from "../../errorCode.ts";
import { HistoryDamagedError, isDamage, reasonOf } from "../errors.ts";
import { sqliteDialect } from "./dialect.ts";
import { createPrivately, lockFolder } from "./lock.ts";
import type { FolderLock } from "./lock.ts";
import { migrate } from "./migrations.ts";
import type { Tables } from "./migrations.ts";
import { pageBytes } from "./pages.ts";
import { historyPaths, salvage, settleSalvage } from "./salvage.ts";
import type { Salvage } from "./salvage.ts";
import { checkDatabase, checkFiles, checkTexts } from "./sound.ts";
import { Store } from "./store.ts";
import type { OpenDatabase } from "./store.ts";

/** A store that is open, and what had to be done for that. */
export type OpenedStore = { readonly store: Store; readonly salvage: Salvage | null };

/**
 * Opens the history of a folder; makes both if they are not there yet, readable for their owner alone.
 *
 * @param damage what another thread found wrong with it: it is salvaged before it is opened
 * @throws HistoryInUseError when another process has it; HistoryDamagedError when it has to be salvaged by a thread
 *   that has not touched it; anything else when it cannot be opened
 */
export async function openStore(folder: string, damage: string | null): Promise<OpenedStore> {
  let lock: FolderLock | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock = lockFolder(folder);
    settleSalvage(folder, Date.now());
    const paths = historyPaths(folder);
    createPrivately(paths.database);
    const salvaged =
      damage === null ? null : await salvage(folder, damage, Date.now(), openSalvaged);
    checkFiles(paths);
    const opened = await openDatabase(paths.database, "wal");
    return { store: new Store(opened, paths, lock), salvage: salvaged };
  } catch (error) {
    lock?.release();
    throw asDamage(error);
  }
}

async function openSalvaged(path: string): Promise<Kysely<Tables>> {
  createPrivately(path);
  return (await openDatabase(path, "delete")).database;
}

async function openDatabase(path: string, journal: "wal" | "delete"): Promise<OpenDatabase> {
  const connection = new Database(path);
  try {
    // The first two are in force for a new file only.
    connection.pragma(`page_size = ${pageBytes}`);
    connection.pragma("auto_vacuum = incremental");
    connection.pragma("busy_timeout = 5000");
    connection.pragma(`journal_mode = ${journal}`);
    connection.pragma("synchronous = full");
    checkTexts(connection);
    const database = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
    await migrate(database);
    const example = new Kysely<Tables>({ dialect: sqliteDialect(new Database(":memory:")) });
    await migrate(example);
    await checkDatabase(database, path, example);
    await example.destroy();
    return { database, connection };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** That SQLite can't make sense of a file, or of our own statements about it, is damage. */
function asDamage(error: unknown): unknown {
  return isDamage(error) || codeOf(error) === "SQLITE_ERROR"
    ? new HistoryDamagedError(reasonOf(error), { cause: error })
    : error;
}
