import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { type Configuration, readConfiguration } from "../contract/configuration.ts";
import { type ConfigurationFault, faultLine, onePerPath } from "../contract/configurationFault.ts";
import { type Environment, environmentFaults, mentionFaults } from "./configurationChecks.ts";
import { reasonOf } from "./fileReason.ts";
import type { RunOptions } from "./options.ts";
import { clustersAsInFile } from "./optionsClusters.ts";

/** A configuration that can be run, or every fault, one line each, that names the file. */
export type LoadedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration }
  | {
      readonly ok: false;
      readonly faults: readonly string[];
      /** The paths in the file at which something is wrong: these alone may be shown to everyone. */
      readonly places: readonly string[];
    };

/** The variable with the token for every `--cluster`. */
const tokenVariable = "UPGRADE_WATCH_TOKEN";

/**
 * Reads the configuration file, puts the command line over it, and checks that what it names is there and safe.
 *
 * @param folder the working folder, from which paths on the command line start
 */
export async function loadConfiguration(
  options: RunOptions,
  environment: Environment,
  folder: string,
): Promise<LoadedConfiguration> {
  const source = options.configurationFile ?? "command line";
  const global = environmentFaults(environment);
  const parsed = await parsedFile(options.configurationFile, folder);
  if (!parsed.ok) {
    return {
      ok: false,
      faults: [...global, ...parsed.faults.map((fault) => `${source}: ${fault}`)],
      places: [],
    };
  }
  const start =
    options.configurationFile === null
      ? folder
      : dirname(resolve(folder, options.configurationFile));
  const resolvePath = (path: string) => resolve(start, path);
  const root = withOptions(parsed.value, options, environment, folder);
  const result = readConfiguration(root, {
    resolvePath,
    defaultZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const faults = onePerPath([
    ...(await mentionFaults(root, { environment, resolvePath })),
    ...(result.ok ? [] : result.faults),
  ]);
  if (result.ok && faults.length === 0 && global.length === 0) {
    return result;
  }
  return {
    ok: false,
    faults: [...global, ...faults.map((fault) => located(fault, source, options))],
    places: faults.map(({ path }) => path).filter((path) => path !== ""),
  };
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly string[] };

async function parsedFile(file: string | null, folder: string): Promise<Parsed> {
  if (file === null) {
    return { ok: true, value: {} };
  }
  try {
    return parseYaml(await readFile(resolve(folder, file), "utf8"));
  } catch (error) {
    return { ok: false, faults: [`the configuration file can't be read: ${reasonOf(error)}`] };
  }
}

/** YAML to plain values, or what is wrong with it and in which line. */
export function parseYaml(text: string): Parsed {
  const document = parseDocument(text, { stringKeys: true });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    // Only the first line of a message: the rest repeats the file's text, which may hold a secret by mistake.
    const faults = problems.map(({ message }) => (message.split("\n")[0] ?? "").replace(/:$/, ""));
    return { ok: false, faults };
  }
  try {
    return { ok: true, value: document.toJS() };
  } catch {
    // The library throws for an alias without its anchor, and when aliases multiply beyond a hundred.
    return {
      ok: false,
      faults: ["an alias (*name) refers to nothing before it, or aliases multiply too often"],
    };
  }
}

/** The file's values with those of the command line over them; what is no mapping is left for the reader to refuse. */
function withOptions(
  value: unknown,
  options: RunOptions,
  environment: Environment,
  folder: string,
): unknown {
  const root = value ?? {};
  if (!isMapping(root)) {
    return root;
  }
  const server = "server" in root ? root.server : undefined;
  const overServer = {
    ...(options.host === null ? {} : { host: options.host }),
    ...(options.port === null ? {} : { port: options.port }),
  };
  const token = environment[tokenVariable] === undefined ? null : tokenVariable;
  return {
    ...root,
    ...(Object.keys(overServer).length === 0 || !(server === undefined || isMapping(server))
      ? {}
      : { server: { ...server, ...overServer } }),
    ...(options.dataFolder === null ? {} : { data: resolve(folder, options.dataFolder) }),
    ...(options.clusters.length === 0
      ? {}
      : { clusters: clustersAsInFile(options.clusters, token) }),
  };
}

function isMapping(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One line for one fault: the file and the path in it, or the option that it comes from. */
function located(fault: ConfigurationFault, source: string, options: RunOptions): string {
  const cluster = /^clusters\[(\d+)\]\.?(.*)$/.exec(fault.path);
  if (cluster !== null && options.clusters.length > 0) {
    const path = `--cluster number ${Number(cluster[1]) + 1}, ${cluster[2]}`;
    return `command line: ${faultLine({ ...fault, path })}`;
  }
  const option = new Map([
    ["server.host", options.host === null ? null : "--host"],
    ["server.port", options.port === null ? null : "--port"],
    ["data", options.dataFolder === null ? null : "--data"],
  ]).get(fault.path);
  return option === null || option === undefined
    ? `${source}: ${faultLine(fault)}`
    : `command line: ${faultLine({ ...fault, path: option })}`;
}
