/** What differs between two configurations, and what of it can come into force while the process runs. */
import { isDeepStrictEqual } from "node:util";
import type { ClusterConfiguration, Configuration } from "../../contract/configuration.ts";
import { isLoopback } from "../../contract/configurationHosts.ts";

/** The clusters of a new configuration, compared with those of the one before by their ids. */
export type ClustersChange = {
  readonly added: readonly ClusterConfiguration[];
  readonly removed: readonly string[];
  /** Those that are reached in another way now: addresses, sign-in, trust or the name they must have. */
  readonly rerouted: ReadonlySet<string>;
  /** Those of which anything differs, {@link rerouted} included. */
  readonly changed: ReadonlySet<string>;
};

/** Compares the clusters of two configurations. */
export function clustersChange(
  before: readonly ClusterConfiguration[],
  after: readonly ClusterConfiguration[],
): ClustersChange {
  const earlier = new Map(before.map((cluster) => [cluster.id, cluster]));
  const later = new Set(after.map(({ id }) => id));
  const differing = (facts: (cluster: ClusterConfiguration) => unknown) =>
    new Set(
      after
        .filter((cluster) => {
          const known = earlier.get(cluster.id);
          return known !== undefined && !isDeepStrictEqual(facts(known), facts(cluster));
        })
        .map(({ id }) => id),
    );
  return {
    added: after.filter(({ id }) => !earlier.has(id)),
    removed: before.map(({ id }) => id).filter((id) => !later.has(id)),
    rerouted: differing(({ nodes, auth, trust, clusterName }) => [nodes, auth, trust, clusterName]),
    changed: differing((cluster) => cluster),
  };
}

/** A new configuration as far as it can come into force now. */
export type InForce = {
  readonly configuration: Configuration;
  /** The keys whose new values hold after a restart only, as they are written in the file. */
  readonly afterRestart: readonly string[];
};

/**
 * What of a new configuration comes into force at once.
 *
 * The socket stays where it is, so the address, the path below it and whether it speaks HTTPS stay too. Who may look was
 * checked against the new address: a door that is fit for loopback must not be opened on the address that still holds.
 *
 * @param running the configuration in force
 * @param next the new one, checked
 */
export function inForce(running: Configuration, next: Configuration): InForce {
  const { host, port, basePath, tls, viewers } = running.server;
  const speaksOtherwise = (tls === null) !== (next.server.tls === null);
  const isElsewhere = host !== next.server.host;
  const opensWider =
    (isElsewhere || speaksOtherwise) &&
    !isLoopback(host) &&
    !isDeepStrictEqual(viewers, next.server.viewers);
  const held: readonly (readonly [string, boolean])[] = [
    ["server.host", isElsewhere],
    ["server.port", port !== next.server.port],
    ["server.basePath", basePath !== next.server.basePath],
    ["server.tls", speaksOtherwise],
    ["server.viewers", opensWider],
    ["data", running.dataFolder !== next.dataFolder],
  ];
  return {
    configuration: {
      ...next,
      dataFolder: running.dataFolder,
      server: {
        ...next.server,
        host,
        port,
        basePath,
        tls: speaksOtherwise ? tls : next.server.tls,
        viewers: opensWider ? viewers : next.server.viewers,
      },
    },
    afterRestart: held.filter(([, differs]) => differs).map(([key]) => key),
  };
}
