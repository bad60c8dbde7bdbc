import { codeOf } from "../errorCode.ts";

/** The data folder belongs to another process that is running. */
export class HistoryInUseError extends Error {
  override readonly name = "HistoryInUseError";
}

/** The history is damaged: it must be salvaged by a thread that does not have it open. The message says what was found. */
export class HistoryDamagedError extends Error {
  override readonly name = "HistoryDamagedError";
}

/** The files that are open are no longer those in the folder: what is written to them is lost. */
export class HistoryRemovedError extends Error {
  override readonly name = "HistoryRemovedError";
}

/** What went wrong, in words, of whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) {
    return String(thrown);
  }
  const code = codeOf(thrown);
  const known = reasons.find(([beginning]) => code !== "" && code.startsWith(beginning));
  return known?.[1] ?? thrown.message;
}

/** The system's and SQLite's codes in words for people, where their own message says less; the longer ones first. */
const reasons: readonly (readonly [beginning: string, words: string])[] = [
  ["SQLITE_FULL", "the disk is full"],
  ["SQLITE_IOERR_FSYNC", "the disk did not confirm the write"],
  ["SQLITE_IOERR_WRITE", "the disk refused the write"],
  ["SQLITE_IOERR", "the disk failed"],
  ["SQLITE_READONLY", "the file may not be written"],
  ["SQLITE_CANTOPEN", "the file can't be opened"],
  ["SQLITE_NOTADB", "the file is not a history, or it is damaged"],
  ["SQLITE_CORRUPT", "the file is damaged"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the quota of this user is used up"],
  ["EFBIG", "the disk refused the write"],
  ["EIO", "the disk failed"],
  ["EROFS", "the disk is read-only"],
  ["EACCES", "this user may not write there"],
  ["EPERM", "this user may not write there"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["EEXIST", "there is a file of that name where a folder should be"],
  ["ENOENT", "a part of its path is missing"],
];

/** Whether SQLite found the file itself to be damaged. */
export function isDamage(thrown: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(thrown));
}
