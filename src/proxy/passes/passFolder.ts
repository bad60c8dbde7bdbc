/** What the command line does with display passes; a running server reads the files and needs no word of it. */
import { chmod, chown, mkdir, open, rename, rm, stat } from "node:fs/promises";
import type { EpochMs } from "../../upgrade/status.ts";
import { codeOf } from "../errorCode.ts";
import { hashOf, newSecret } from "../randomSecret.ts";
import { reasonOf } from "../fileReason.ts";
import { createdFile, newId, openedFile, type Pass, passFolderOf, readPasses } from "./passFile.ts";

/** Why passes can't be made, listed or revoked, in a sentence. */
export class PassError extends Error {
  override readonly name = "PassError";
}

/**
 * Makes a pass.
 *
 * @returns its id, and the secret of its address, which is kept nowhere
 * @throws PassError when there is no such data folder or it can't be written to
 */
export async function createPass(
  dataFolder: string,
  name: string,
  createdAt: EpochMs,
): Promise<{ readonly id: string; readonly secret: string }> {
  const folder = passFolderOf(dataFolder);
  const secret = newSecret();
  const id = newId();
  const text = JSON.stringify({ name, createdAt, urlHash: hashOf(secret) });
  await forPeople(dataFolder, "written to", async () => {
    const owner = await stat(dataFolder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const file = createdFile(folder, id);
    const draft = `${file}.draft`;
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (process.getuid?.() === 0) {
      // Made by root for a server that runs as another user, who must be able to read it.
      await Promise.all([folder, draft].map((path) => chown(path, owner.uid, owner.gid)));
    }
    await rename(draft, file);
  });
  return { id, secret };
}

/**
 * Every pass, the oldest first.
 *
 * @throws PassError
 */
export async function listPasses(dataFolder: string): Promise<readonly Pass[]> {
  return await forPeople(dataFolder, "read", async () => {
    await stat(dataFolder);
    try {
      return await readPasses(passFolderOf(dataFolder));
    } catch (error) {
      if (codeOf(error) === "ENOENT") {
        return [];
      }
      throw error;
    }
  });
}

/**
 * Takes a pass back: a running server refuses it within a second or two.
 *
 * @throws PassError also where there is no such pass
 */
export async function revokePass(dataFolder: string, id: string): Promise<Pass> {
  const pass = (await listPasses(dataFolder)).find((known) => known.id === id);
  if (pass === undefined) {
    throw new PassError(
      `There is no pass ${JSON.stringify(id)} in ${dataFolder}; \`upgrade-watch pass list\` shows those that are.`,
    );
  }
  const folder = passFolderOf(dataFolder);
  await forPeople(dataFolder, "written to", async () => {
    await rm(createdFile(folder, id));
    await rm(openedFile(folder, id), { force: true });
  });
  return pass;
}

async function forPeople<Result>(
  dataFolder: string,
  what: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      throw new PassError(
        `There is no data folder ${dataFolder}: start Upgrade Watch once, or name its folder with --config or --data.`,
      );
    }
    throw new PassError(`The passes in ${dataFolder} can't be ${what}: ${reasonOf(error)}.`);
  }
}
