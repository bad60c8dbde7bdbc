import type { CommandLineCluster } from "./options.ts";

const longestId = 63;
const longestName = 48;

/**
 * Clusters from the command line in the words of the configuration file, so that one reader checks both.
 *
 * @param tokenVariable the environment variable that holds the token for all of them, or null when it is not set
 */
export function clustersAsInFile(
  clusters: readonly CommandLineCluster[],
  tokenVariable: string | null,
): readonly object[] {
  const ids = new Set<string>();
  return clusters.map((cluster, index) => {
    const name = cluster.name ?? nameFrom(cluster.nodes[0] ?? "");
    const id = freeId(idFrom(name) || `cluster-${index + 1}`, ids);
    ids.add(id);
    return {
      id,
      ...(name === "" ? {} : { name }),
      nodes: cluster.nodes,
      ...(tokenVariable === null ? {} : { auth: { tokenEnv: tokenVariable } }),
      tls: {
        ...(cluster.caFile === null ? {} : { caFile: cluster.caFile }),
        ...(cluster.fingerprints.length === 0 ? {} : { fingerprint256: cluster.fingerprints }),
        ...(cluster.insecure ? { insecure: true } : {}),
      },
    };
  });
}

/** Host and port of an address; the port of Qumulo's API goes without saying. */
function nameFrom(address: string): string {
  const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(address)?.[1] ?? "";
  return host
    .replace(/^.*@/, "")
    .replace(/:8000$/, "")
    .slice(0, longestName);
}

function idFrom(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, longestId);
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) {
    const suffix = `-${number}`;
    id = `${wanted.slice(0, longestId - suffix.length)}${suffix}`;
  }
  return id;
}
