import { parseArgs } from "node:util";

/** A cluster given on the command line, with what followed it. */
export type CommandLineCluster = {
  /** What stood before `=`, or null. */
  readonly name: string | null;
  readonly nodes: readonly string[];
  readonly fingerprints: readonly string[];
  readonly caFile: string | null;
  readonly insecure: boolean;
};

/** What to watch and where to serve, as far as the command line says. */
export type RunOptions = {
  readonly kind: "run";
  readonly configurationFile: string | null;
  readonly clusters: readonly CommandLineCluster[];
  readonly host: string | null;
  readonly port: number | null;
  readonly dataFolder: string | null;
  /** Check the configuration, say what is wrong, and end. */
  readonly checkOnly: boolean;
};

/** What the command line asks for, or every fault in it in one sentence each. */
export type Options =
  | RunOptions
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

const known = {
  config: { type: "string" },
  cluster: { type: "string", multiple: true },
  fingerprint: { type: "string", multiple: true },
  ca: { type: "string", multiple: true },
  "insecure-tls": { type: "boolean", multiple: true },
  host: { type: "string" },
  port: { type: "string" },
  data: { type: "string" },
  "check-config": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

const secretFlags = new Set(["token", "password", "bearer", "auth"]);

type Draft = {
  name: string | null;
  nodes: string[];
  fingerprints: string[];
  caFile: string | null;
  insecure: boolean;
};

/**
 * Reads the command line.
 *
 * @param argv what follows the program's name
 */
export function readOptions(argv: readonly string[]): Options {
  // Not strict: the library would throw at the first fault, and repeat a value that may be a secret.
  const { tokens } = parseArgs({
    args: [...argv],
    options: known,
    strict: false,
    tokens: true,
  });
  const faults: string[] = [];
  const clusters: Draft[] = [];
  const single = new Map<string, string>();
  let afterSecret = false;
  for (const token of tokens) {
    if (token.kind === "positional" && !afterSecret) {
      faults.push(
        `An argument belongs to no option: ${shown(token.value)}. Options begin with --, see --help.`,
      );
    }
    afterSecret = false;
    if (token.kind === "option") {
      // What looks like the next option is no value; whoever means it writes `--data=--odd`.
      const swallowed = token.inlineValue === false && token.value.startsWith("--");
      const fault = take(token.name, swallowed ? undefined : token.value, clusters, single);
      afterSecret = secretFlags.has(token.name);
      if (fault !== null) {
        faults.push(fault);
      }
    }
  }
  if (single.has("help")) {
    return { kind: "help" };
  }
  if (single.has("version")) {
    return { kind: "version" };
  }
  faults.push(...togetherFaults(clusters, single));
  if (faults.length > 0) {
    return { kind: "faults", faults };
  }
  const port = single.get("port");
  return {
    kind: "run",
    configurationFile: single.get("config") ?? null,
    clusters,
    host: single.get("host") ?? null,
    port: port === undefined ? null : Number(port),
    dataFolder: single.get("data") ?? null,
    checkOnly: single.has("check-config"),
  };
}

/** Takes one option in; the fault in a sentence, or null. */
function take(
  name: string,
  value: string | undefined,
  clusters: Draft[],
  single: Map<string, string>,
): string | null {
  if (secretFlags.has(name)) {
    return `--${name} is refused: everyone on this machine can read a command line. Put the token into UPGRADE_WATCH_TOKEN, or into a file named by the configuration.`;
  }
  if (!Object.hasOwn(known, name)) {
    return `There is no option ${shown(`--${name}`)}, see --help.`;
  }
  const takesValue =
    name !== "insecure-tls" && name !== "check-config" && name !== "help" && name !== "version";
  if (takesValue !== (value !== undefined && value !== "")) {
    return takesValue ? `--${name} needs a value, see --help.` : `--${name} takes no value.`;
  }
  if (name === "cluster") {
    clusters.push(newCluster(value ?? ""));
    return null;
  }
  if (name === "fingerprint" || name === "ca" || name === "insecure-tls") {
    return takeTrust(name, value ?? "", clusters.at(-1));
  }
  if (single.has(name)) {
    return `--${name} is given more than once.`;
  }
  single.set(name, value ?? "");
  return null;
}

function newCluster(value: string): Draft {
  const named = /^([^=:/]*)=(.*)$/.exec(value);
  return {
    name: named?.[1] ?? null,
    nodes: (named?.[2] ?? value).split(",").map((node) => node.trim()),
    fingerprints: [],
    caFile: null,
    insecure: false,
  };
}

function takeTrust(
  name: "fingerprint" | "ca" | "insecure-tls",
  value: string,
  cluster: Draft | undefined,
): string | null {
  if (cluster === undefined) {
    return `--${name} belongs to the --cluster before it, and there is none before it.`;
  }
  if (name === "fingerprint") {
    cluster.fingerprints.push(value);
  } else if (name === "insecure-tls") {
    cluster.insecure = true;
  } else if (cluster.caFile === null) {
    cluster.caFile = value;
  } else {
    return "--ca is given more than once for the same --cluster; put all certificates into one file.";
  }
  return null;
}

function togetherFaults(
  clusters: readonly Draft[],
  single: ReadonlyMap<string, string>,
): readonly string[] {
  const faults: string[] = [];
  if (single.has("config") && clusters.length > 0) {
    faults.push("--config and --cluster exclude each other: name the clusters in the file.");
  }
  const port = single.get("port");
  if (port !== undefined && !/^\d{1,5}$/.test(port)) {
    faults.push(`--port is ${shown(port)}; allowed is a whole number from 0 to 65535.`);
  }
  return faults;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
