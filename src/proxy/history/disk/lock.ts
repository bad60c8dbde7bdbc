import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { codeOf } from "../../errorCode.ts";
import { replaceFile } from "../../replaceFile.ts";
import { HistoryInUseError } from "../errors.ts";

/** A folder that is ours until {@link FolderLock.release}, or until this process ends in whatever way. */
export type FolderLock = { release(): void };

/**
 * Takes a folder for this process alone.
 *
 * The lock is one that the kernel holds (on a small database of its own), so that a killed process leaves none behind.
 *
 * @throws HistoryInUseError naming the process that has it
 */
export function lockFolder(folder: string): FolderLock {
  const lockPath = join(folder, "history.lock");
  const holderPath = join(folder, "history.pid");
  createPrivately(lockPath);
  const database = new Database(lockPath);
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (codeOf(error) === "SQLITE_BUSY") {
      throw new HistoryInUseError(
        `The data folder ${folder} is in use by ${holderOf(holderPath)}. Stop that one first, or give this one a folder of its own.`,
        { cause: error },
      );
    }
    throw error;
  }
  replaceFile(holderPath, `${process.pid}\n`);
  return {
    release() {
      database.exec("ROLLBACK");
      database.close();
    },
  };
}

/** Creates a file that only its owner may read, unless it is there already. */
export function createPrivately(path: string): void {
  closeSync(openSync(path, "a", 0o600));
}

function holderOf(path: string): string {
  try {
    const holder = readFileSync(path, "utf8").trim();
    return /^\d+$/.test(holder) ? `process ${holder}` : "another process";
  } catch {
    // The number only helps to find the holder; the lock itself was already refused.
    return "another process";
  }
}
