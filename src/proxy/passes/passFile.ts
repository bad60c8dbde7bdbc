/** How a display pass is kept: two small files, so that the command line and a running server never write the same one. */
import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { EpochMs } from "../../upgrade/status.ts";
import { codeOf } from "../errorCode.ts";

/** A display pass as it stands. Secrets are kept as hashes only. */
export type Pass = {
  readonly id: string;
  /** For whom it is, e.g. `NOC left`. */
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly urlHash: string;
  /** When and with which cookie its address was opened; null before. */
  readonly opened: { readonly at: EpochMs; readonly cookieHash: string } | null;
};

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const createdSchema = z.object({ name: z.string(), createdAt: z.number(), urlHash: hash });
const openedSchema = z.object({ at: z.number(), cookieHash: hash });
const idPattern = /^([a-z2-7]{8})\.json$/;

/** An address that nobody opened for so long opens nothing any more. */
export const openWithinMs = 86_400_000;

/** Where the passes of a data folder are. */
export function passFolderOf(dataFolder: string): string {
  return join(dataFolder, "passes");
}

/** The file that the command line writes when it makes a pass; without it there is no pass. */
export function createdFile(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}

/** The file that the server writes, once, when the pass is opened. */
export function openedFile(folder: string, id: string): string {
  return join(folder, `${id}.opened`);
}

/** A short name for a pass that can be told over the phone: letters and digits that no one mixes up. */
export function newId(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  return [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join("");
}

/**
 * Every pass in a folder, the oldest first. What is no pass, or damaged, opens nothing and is left out.
 *
 * @throws the system's error when the folder or a file in it can't be read
 */
export async function readPasses(folder: string): Promise<readonly Pass[]> {
  const names = await readdir(folder);
  const ids = names.flatMap((name) => idPattern.exec(name)?.[1] ?? []);
  const passes = await Promise.all(ids.map((id) => readPass(folder, id)));
  return passes
    .filter((pass) => pass !== null)
    .toSorted((one, other) => one.createdAt - other.createdAt);
}

async function readPass(folder: string, id: string): Promise<Pass | null> {
  const [created, opened] = await Promise.all([
    readJson(createdFile(folder, id), createdSchema),
    readJson(openedFile(folder, id), openedSchema),
  ]);
  return created === null || opened === "damaged" || created === "damaged"
    ? null
    : { id, ...created, opened };
}

async function readJson<Value>(
  file: string,
  schema: z.ZodMiniType<Value>,
): Promise<Value | "damaged" | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return null;
    }
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    const read = schema.safeParse(value);
    return read.success ? read.data : "damaged";
  } catch {
    // Cut in the middle of a write: a pass that may or may not have been opened opens nothing.
    return "damaged";
  }
}
