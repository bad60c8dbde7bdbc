import type { ClusterConfiguration, Configuration } from "../../contract/configuration.ts";
import { hourMs, secondMs } from "../../upgrade/duration.ts";
import { address } from "./scriptedCluster.ts";

/** A cluster as the configuration names it, with nothing but the usual. */
export function clusterNamed(id: string): ClusterConfiguration {
  return {
    id,
    name: id,
    clusterName: null,
    nodes: [address],
    auth: { kind: "none" },
    trust: { kind: "system", serverName: null },
    labels: {},
    windowEnd: null,
    zone: "UTC",
    runbook: null,
    contact: null,
    ticket: null,
  };
}

/** A configuration of these clusters, with nothing but the usual. */
export function configurationOf(clusters: readonly ClusterConfiguration[]): Configuration {
  return {
    server: {
      host: "127.0.0.1",
      port: 0,
      basePath: "/",
      hosts: [],
      frameAncestors: [],
      tls: null,
      viewers: { kind: "loopback" },
    },
    dataFolder: "/nowhere",
    retention: { ageMs: hourMs, bytes: 1e9 },
    poll: { activeMs: secondMs, idleMs: 5 * secondMs, timeoutMs: 5 * secondMs },
    zone: "UTC",
    allowReadableSecrets: false,
    clusters,
  };
}
