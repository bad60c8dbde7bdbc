/** The configuration file: what it means in domain terms, or every fault in it at once. */
import type { EpochMs } from "../upgrade/status.ts";
import type { ClusterAccess } from "./clusterAccess.ts";
import { faultsOf, onePerPath, type ConfigurationFault } from "./configurationFault.ts";
import { ruleFaults } from "./configurationRules.ts";
import { fileSchema, type FileValues } from "./configurationSchema.ts";

/** Who may look. `loopback`: nothing was said, and only this machine can reach the server. */
export type Viewers =
  | { readonly kind: "loopback" }
  | { readonly kind: "anyone" }
  | {
      readonly kind: "known";
      readonly users: readonly { readonly name: string; readonly passwordFile: string }[];
      readonly trustedHeader: { readonly name: string; readonly from: readonly string[] } | null;
    };

/** Where and how the pages and the API are served. */
export type ServerConfiguration = {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Begins and ends with a slash. */
  readonly basePath: string;
  /** More host names to answer to, in small letters and without ports. */
  readonly hosts: readonly string[];
  readonly frameAncestors: readonly string[];
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly viewers: Viewers;
};

/** One cluster to watch: how to reach it, and what to say of it. */
export type ClusterConfiguration = ClusterAccess & {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When its change window ends. */
  readonly windowEnd: EpochMs | null;
  readonly zone: string;
  readonly runbook: string | null;
  readonly contact: string | null;
  readonly ticket: string | null;
};

/** The whole configuration; every file and folder is an absolute path. */
export type Configuration = {
  readonly server: ServerConfiguration;
  readonly dataFolder: string;
  readonly retention: { readonly ageMs: number; readonly bytes: number };
  readonly poll: { readonly activeMs: number; readonly idleMs: number; readonly timeoutMs: number };
  readonly zone: string;
  readonly allowReadableSecrets: boolean;
  readonly clusters: readonly ClusterConfiguration[];
};

/** What the file's text alone can't tell. */
export type ConfigurationSurroundings = {
  /** The absolute path that a path in the file means. */
  readonly resolvePath: (path: string) => string;
  /** The time zone where none is given, e.g. the host's. */
  readonly defaultZone: string;
};

/** A usable configuration, or all that is wrong with it. */
export type ConfigurationResult =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly faults: readonly ConfigurationFault[] };

/**
 * Reads a parsed configuration file.
 *
 * @param value what the YAML parser made of the file; null or undefined for an empty one
 */
export function readConfiguration(
  value: unknown,
  surroundings: ConfigurationSurroundings,
): ConfigurationResult {
  const root = value ?? {};
  const parsed = fileSchema.safeParse(root);
  const faults = [
    ...(parsed.success ? [] : faultsOf(parsed.error.issues, root)),
    ...ruleFaults(root),
  ];
  return parsed.success && faults.length === 0
    ? { ok: true, configuration: inDomainTerms(parsed.data, surroundings) }
    : { ok: false, faults: onePerPath(faults) };
}

function inDomainTerms(
  values: FileValues,
  { resolvePath, defaultZone }: ConfigurationSurroundings,
): Configuration {
  const { server, retention, poll } = values;
  const siteZone = values.zone ?? defaultZone;
  return {
    server: {
      host: server.host,
      port: server.port,
      basePath: server.basePath,
      hosts: server.hosts,
      frameAncestors: server.frameAncestors,
      tls:
        server.tls === undefined
          ? null
          : { certFile: resolvePath(server.tls.cert), keyFile: resolvePath(server.tls.key) },
      viewers: viewersOf(server.viewers, resolvePath),
    },
    dataFolder: resolvePath(values.data),
    retention: { ageMs: retention.age, bytes: retention.size },
    poll: { activeMs: poll.active, idleMs: poll.idle, timeoutMs: poll.timeout },
    zone: siteZone,
    allowReadableSecrets: values.allowReadableSecrets,
    clusters: values.clusters.map((cluster) => ({
      id: cluster.id,
      name: cluster.name ?? cluster.id,
      clusterName: cluster.clusterName ?? null,
      nodes: [...new Set(cluster.nodes)],
      auth: authOf(cluster.auth, resolvePath),
      trust: trustOf(cluster.tls, resolvePath),
      labels: cluster.labels,
      windowEnd: cluster.window?.end ?? null,
      zone: cluster.zone ?? siteZone,
      runbook: cluster.runbook ?? null,
      contact: cluster.contact ?? null,
      ticket: cluster.ticket ?? null,
    })),
  };
}

type Resolve = ConfigurationSurroundings["resolvePath"];

function viewersOf(viewers: FileValues["server"]["viewers"], resolvePath: Resolve): Viewers {
  if (viewers === undefined) {
    return { kind: "loopback" };
  }
  if (viewers === "anyone") {
    return { kind: "anyone" };
  }
  return {
    kind: "known",
    users: Object.entries(viewers.users ?? {}).map(([name, { passwordFile }]) => ({
      name,
      passwordFile: resolvePath(passwordFile),
    })),
    trustedHeader: viewers.trustedHeader ?? null,
  };
}

function authOf(
  auth: FileValues["clusters"][number]["auth"],
  resolvePath: Resolve,
): ClusterAccess["auth"] {
  if (auth?.tokenFile !== undefined) {
    return { kind: "token-file", path: resolvePath(auth.tokenFile) };
  }
  if (auth?.tokenEnv !== undefined) {
    return { kind: "token-environment", name: auth.tokenEnv };
  }
  if (auth?.username !== undefined && auth.passwordFile !== undefined) {
    return {
      kind: "password",
      username: auth.username,
      passwordFile: resolvePath(auth.passwordFile),
    };
  }
  return { kind: "none" };
}

function trustOf(
  tls: FileValues["clusters"][number]["tls"],
  resolvePath: Resolve,
): ClusterAccess["trust"] {
  const serverName = tls?.serverName ?? null;
  if (tls?.insecure === true) {
    return { kind: "insecure" };
  }
  if (tls?.fingerprint256 !== undefined) {
    return { kind: "fingerprint", sha256: [tls.fingerprint256].flat() };
  }
  return tls?.caFile === undefined
    ? { kind: "system", serverName }
    : { kind: "ca-file", path: resolvePath(tls.caFile), serverName };
}
