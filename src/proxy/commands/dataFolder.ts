import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { valueAt } from "../../contract/configurationFault.ts";
import { parseYaml } from "../configurationFile.ts";
import { reasonOf } from "../fileReason.ts";

/** Where a server keeps what it has, and all that its configuration file says. */
export type DataPlace = { readonly dataFolder: string; readonly root: unknown };

/** The options by which a command is told that. */
export const placeOptions = ["config", "data"] as const;

/**
 * Only what is needed is read: the rest of the file may name secrets that this user may not see.
 *
 * @returns a sentence where that can't be found
 */
export async function placeOf(
  options: ReadonlyMap<string, string>,
  folder: string,
): Promise<DataPlace | string> {
  const file = options.get("config");
  const named = options.get("data");
  let root: unknown = {};
  let start = folder;
  if (file !== undefined) {
    const path = resolve(folder, file);
    start = dirname(path);
    try {
      const parsed = parseYaml(await readFile(path, "utf8"));
      if (!parsed.ok) {
        return `${file}: ${parsed.faults.join("; ")}`;
      }
      root = parsed.value;
    } catch (error) {
      return `${file}: the configuration file can't be read: ${reasonOf(error)}`;
    }
  }
  const data = valueAt(root, ["data"]);
  const dataFolder =
    named === undefined
      ? resolve(start, typeof data === "string" ? data : "./data")
      : resolve(folder, named);
  return { dataFolder, root };
}
