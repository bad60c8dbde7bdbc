import { open, rm } from "node:fs/promises";
import type { EpochMs } from "../../upgrade/status.ts";
import { codeOf } from "../errorCode.ts";
import { hashOf, newSecret } from "../randomSecret.ts";
import type { Log } from "../log.ts";
import { openedFile, openWithinMs, type Pass, passFolderOf, readPasses } from "./passFile.ts";

/** The display passes as a running server knows them. */
export type PassBook = {
  /**
   * Opens the address of a pass, which works once.
   *
   * @returns what its cookie must hold from then on, or null where the address opens nothing
   */
  readonly open: (secret: string, now: EpochMs) => Promise<{ readonly cookie: string } | null>;
  /** The pass that a cookie belongs to, or null where it was revoked or never was. */
  readonly holder: (cookie: string) => Promise<Pick<Pass, "id" | "name"> | null>;
};

/** Every change of the files takes effect after so long at the latest. */
const rereadAfterMs = 1000;

/**
 * The passes in a data folder. They are read again whenever they are asked for, at most once a second.
 *
 * @param steadyNow milliseconds on a clock that is never set
 */
export function openPassBook(dataFolder: string, log: Log, steadyNow: () => number): PassBook {
  const folder = passFolderOf(dataFolder);
  let known: readonly Pass[] = [];
  let reading: Promise<readonly Pass[]> | undefined;
  let readAtMs = Number.NEGATIVE_INFINITY;

  const read = async (): Promise<readonly Pass[]> => {
    try {
      known = await readPasses(folder);
    } catch (error) {
      // A disk that fails must not put out the displays that were let in; a folder never made holds no pass.
      if (codeOf(error) !== "ENOENT" || known.length > 0) {
        log.warn("The display passes can't be read; those known last go on", { error });
      }
    }
    return known;
  };
  const fresh = async (): Promise<readonly Pass[]> => {
    if (reading === undefined || steadyNow() - readAtMs >= rereadAfterMs) {
      readAtMs = steadyNow();
      reading = read();
    }
    return await reading;
  };

  return {
    open: async (secret, now) => {
      const urlHash = hashOf(secret);
      const isOpenable = (pass: Pass): boolean =>
        pass.urlHash === urlHash &&
        pass.opened === null &&
        Math.abs(now - pass.createdAt) < openWithinMs;
      // A pass made a moment ago is looked for on the disk.
      const pass = (await read()).find(isOpenable);
      if (pass === undefined) {
        return null;
      }
      const cookie = newSecret();
      const text = JSON.stringify({ at: now, cookieHash: hashOf(cookie) });
      const isFirst = await writeOnce(openedFile(folder, pass.id), text);
      reading = undefined;
      return isFirst ? { cookie } : null;
    },
    holder: async (cookie) => {
      const cookieHash = hashOf(cookie);
      const pass = (await fresh()).find(({ opened }) => opened?.cookieHash === cookieHash);
      return pass === undefined ? null : { id: pass.id, name: pass.name };
    },
  };
}

/** Writes a file that must not exist yet. @returns false where it does: someone else was first */
async function writeOnce(file: string, text: string): Promise<boolean> {
  const handle = await open(file, "wx", 0o600).catch((error: unknown) => {
    if (codeOf(error) === "EEXIST") {
      return null;
    }
    throw error;
  });
  if (handle === null) {
    return false;
  }
  try {
    await handle.writeFile(text);
    await handle.sync();
    return true;
  } catch (error) {
    // Not kept, so not opened: the address may be tried again once the disk takes it.
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
