/** What only this machine can tell of a configuration: whether files are there, and who may read them. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { type ConfigurationFault, valueAt } from "../contract/configurationFault.ts";
import { type Mention, mentions } from "../contract/configurationMentions.ts";
import { reasonOf } from "./fileReason.ts";

/** The environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the checks need to know of the machine. */
export type Machine = {
  readonly environment: Environment;
  /** The absolute path that a path in the file means. */
  readonly resolvePath: (path: string) => string;
};

/** Settings of the environment under which a start is refused, one sentence each. */
export function environmentFaults(environment: Environment): readonly string[] {
  return environment["NODE_TLS_REJECT_UNAUTHORIZED"] === "0"
    ? [
        "environment: NODE_TLS_REJECT_UNAUTHORIZED is 0, which would trust every certificate; unset it, and name a CA file or a fingerprint for each cluster",
      ]
    : [];
}

/** What the configuration may say but this version can't do yet: refused, never ignored. */
export function versionFaults(root: unknown): readonly ConfigurationFault[] {
  const viewers = valueAt(root, ["server", "viewers"]);
  return typeof viewers === "object" && viewers !== null && Object.keys(viewers).length > 0
    ? [
        {
          path: "server.viewers",
          found: "users or trustedHeader, which this version can't check yet",
          allowed:
            "the word anyone, or nothing while server.host is a loopback address; a reverse proxy on the same machine can ask for passwords",
        },
      ]
    : [];
}

/**
 * Every named file that is missing or unsafe, and every named environment variable that is not set.
 *
 * @param root the raw configuration; faults of other kinds in it do no harm
 */
export async function mentionFaults(
  root: unknown,
  machine: Machine,
): Promise<readonly ConfigurationFault[]> {
  const readableAllowed = valueAt(root, ["allowReadableSecrets"]) === true;
  const faults = await Promise.all(
    mentions(root).map(async (mention) =>
      mention.kind === "variable"
        ? variableFault(mention, machine.environment)
        : fileFault(mention, machine.resolvePath(mention.name), readableAllowed),
    ),
  );
  return faults.filter((fault) => fault !== null);
}

function variableFault(
  { path, name }: Mention,
  environment: Environment,
): ConfigurationFault | null {
  return (environment[name] ?? "").trim() === ""
    ? {
        path,
        found: `${JSON.stringify(name)}, which is not set in the environment`,
        allowed: "a variable that holds the access token",
      }
    : null;
}

/** Others of the machine, neither the file's user nor its group. */
const othersRead = 0o004;

async function fileFault(
  { path, kind }: Mention,
  file: string,
  readableAllowed: boolean,
): Promise<ConfigurationFault | null> {
  try {
    const { mode, size } = await readableFile(file);
    if (kind === "secret-file" && !readableAllowed && (mode & othersRead) !== 0) {
      return {
        path,
        found: `${file}, which everyone on this machine can read`,
        allowed: "a file that others can't read (chmod o-rwx), or allowReadableSecrets: true",
      };
    }
    return size === 0
      ? { path, found: `${file}, which is empty`, allowed: "a file that holds what is named here" }
      : null;
  } catch (error) {
    return { path, found: `${file}: ${reasonOf(error)}`, allowed: "a file that can be read" };
  }
}

async function readableFile(file: string): Promise<{ mode: number; size: number | null }> {
  await access(file, constants.R_OK);
  const status = await stat(file);
  if (status.isDirectory()) {
    throw Object.assign(new Error("a folder"), { code: "EISDIR" });
  }
  // A pipe has no size of its own.
  return { mode: status.mode, size: status.isFile() ? status.size : null };
}
