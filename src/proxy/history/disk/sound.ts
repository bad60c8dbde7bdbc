import { closeSync, openSync, readSync, statSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type Connection from "libsql";
import { codeOf } from "../../errorCode.ts";
import { HistoryDamagedError } from "../errors.ts";
import { lostTransactions } from "./pages.ts";
import type { Tables } from "./migrations.ts";
import type { HistoryPaths } from "./salvage.ts";

/** SQLite reads this much in half a second. What is larger is checked where it is read, by the checksum of each row. */
const mostCheckedBytes = 256 * 1024 * 1024;
const magic = "SQLite format 3\0";

/**
 * Looks at the files before SQLite does: it would drop what it can't read of a journal without a word.
 *
 * @throws HistoryDamagedError
 */
export function checkFiles({ database, journal }: HistoryPaths): void {
  const lost = lostTransactions(journal);
  if (lost > 0) {
    throw new HistoryDamagedError(`${lost} transactions in its journal are damaged`);
  }
  const bytes = sizeOf(database);
  if (bytes === 0 && sizeOf(journal) > 0) {
    throw new HistoryDamagedError("the file is empty, its journal is not");
  }
  const header = Buffer.alloc(20);
  const descriptor = openSync(database, "r");
  readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  const versions = [header[18], header[19]];
  const isKnown = versions[0] === versions[1] && (versions[0] === 1 || versions[0] === 2);
  if (bytes > 0 && (header.toString("latin1", 0, magic.length) !== magic || !isKnown)) {
    throw new HistoryDamagedError("the file does not begin as a history does");
  }
}

/**
 * Checks that an open database has the tables it should have, and that they are sound.
 *
 * @param like a database of the same release
 * @throws HistoryDamagedError
 */
export async function checkDatabase(
  database: Kysely<Tables>,
  path: string,
  like: Kysely<Tables>,
): Promise<void> {
  if ((await schemaOf(database)) !== (await schemaOf(like))) {
    throw new HistoryDamagedError("its tables are not what they should be");
  }
  if (sizeOf(path) > mostCheckedBytes) {
    return;
  }
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(1)`.execute(
    database,
  );
  const found = rows[0]?.integrity_check ?? "nothing could be checked";
  if (found !== "ok") {
    throw new HistoryDamagedError(`the file is damaged (${found})`);
  }
}

async function schemaOf(database: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ hex: string }>`
    select hex(type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '')) as hex
    from sqlite_master order by type, name
  `.execute(database);
  return rows.map(({ hex }) => hex).join("\n");
}

/**
 * Checks all texts that the migrations will read: the driver ends the whole process over one that is not UTF-8.
 *
 * @throws HistoryDamagedError
 */
export function checkTexts(connection: Connection.Database): void {
  const names = textsIn(
    connection,
    "select hex(name || ' ' || coalesce(sql, '')) from sqlite_master",
  );
  if (names.some((name) => name.startsWith("kysely_migration "))) {
    textsIn(connection, "select hex(name || ' ' || timestamp) from kysely_migration");
  }
}

function textsIn(connection: Connection.Database, query: string): readonly string[] {
  const found: readonly unknown[] = connection.prepare(query).pluck().all();
  return found.map((hex) => {
    const bytes = Buffer.from(String(hex), "hex");
    if (!isUtf8(bytes)) {
      throw new HistoryDamagedError("its list of tables is damaged");
    }
    return bytes.toString("utf8");
  });
}

/** Bytes of a file; 0 when it is not there. */
export function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return 0;
    }
    throw error;
  }
}
