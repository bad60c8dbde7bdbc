import { codeOf } from "../errorCode.ts";

/** The data folder belongs to another process that is running. */
export class HistoryInUseError extends Error {
  override readonly name = "HistoryInUseError";
}

/** The history cannot be opened; the message says in one sentence where and why. */
export class HistoryUnavailableError extends Error {
  override readonly name = "HistoryUnavailableError";
}

/** What went wrong, in words, of whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) {
    return String(thrown);
  }
  return sqliteReasons[codeOf(thrown)] ?? thrown.message;
}

/** SQLite's result codes in words for people, where its own message says less. */
const sqliteReasons: Readonly<Record<string, string>> = {
  SQLITE_FULL: "the disk is full",
  SQLITE_IOERR_WRITE: "the disk refused the write",
  SQLITE_IOERR_FSYNC: "the disk did not confirm the write",
  SQLITE_READONLY: "the file may not be written",
  SQLITE_NOTADB: "the file is not a history, or it is damaged",
  SQLITE_CORRUPT: "the file is damaged",
};
