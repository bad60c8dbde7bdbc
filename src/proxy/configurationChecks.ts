/** What only this machine can tell of a configuration: whether files are there, and who may read them. */
import { X509Certificate } from "node:crypto";
import { constants } from "node:fs";
import { access, readFile, stat } from "node:fs/promises";
import { type ConfigurationFault, valueAt } from "../contract/configurationFault.ts";
import { type Mention, mentions } from "../contract/configurationMentions.ts";
import { readSecretFile, SecretError } from "./cluster/secret.ts";
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
    await access(file, constants.R_OK);
    const status = await stat(file);
    if (status.isDirectory()) {
      return { path, found: `${file}: it is a folder`, allowed: "a file that can be read" };
    }
    if (kind !== "certificate-file" && !readableAllowed && (status.mode & othersRead) !== 0) {
      return {
        path,
        found: `${file}, which everyone on this machine can read`,
        allowed: "a file that others can't read (chmod o-rwx), or allowReadableSecrets: true",
      };
    }
    // What a pipe holds can be read only once, so it is left to whoever needs it.
    return status.isFile() ? await contentFault(path, kind, file) : null;
  } catch (error) {
    return { path, found: `${file}: ${reasonOf(error)}`, allowed: "a file that can be read" };
  }
}

async function contentFault(
  path: string,
  kind: Mention["kind"],
  file: string,
): Promise<ConfigurationFault | null> {
  const content = await readFile(file, "utf8");
  if (content.trim() === "") {
    return {
      path,
      found: `${file}, which is empty`,
      allowed: "a file that holds what is named here",
    };
  }
  if (kind === "certificate-file" && !isCertificate(content)) {
    return {
      path,
      found: `${file}, in which there is no certificate`,
      allowed: "a file with a certificate in PEM form (-----BEGIN CERTIFICATE-----)",
    };
  }
  if (kind !== "secret-file") {
    return null;
  }
  try {
    await readSecretFile(file);
    return null;
  } catch (error) {
    if (!(error instanceof SecretError)) {
      throw error;
    }
    return {
      path,
      found: `${file}, which holds more than one line, or characters that no secret has`,
      allowed: "a file with the secret alone, in plain characters on one line",
    };
  }
}

function isCertificate(content: string): boolean {
  try {
    return new X509Certificate(content).raw.length > 0;
  } catch {
    // What can't be parsed is none; the fault says so.
    return false;
  }
}
