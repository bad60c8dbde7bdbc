import type { Cluster } from "./cluster.ts";

/** A cluster whose way to it can be replaced while it is watched. */
export type ReplaceableCluster = Cluster & {
  /** From now on asks this one; what the earlier one still answers is dropped, and asked of this one again. */
  readonly replace: (next: Cluster) => Promise<void>;
};

/** Begins with one way to a cluster. */
export function replaceableCluster(first: Cluster): ReplaceableCluster {
  let current = first;
  const ask = async <Answer>(question: (cluster: Cluster) => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      const asked = current;
      // oxlint-disable-next-line no-await-in-loop -- again only when it was replaced meanwhile
      const answer = await question(asked);
      if (asked === current) {
        return answer;
      }
    }
  };
  return {
    pollStatus: (timeoutMs) => ask((cluster) => cluster.pollStatus(timeoutMs)),
    readVersion: (timeoutMs) => ask((cluster) => cluster.readVersion(timeoutMs)),
    readReboot: (timeoutMs) => ask((cluster) => cluster.readReboot(timeoutMs)),
    readBlocked: (timeoutMs) => ask((cluster) => cluster.readBlocked(timeoutMs)),
    readName: (timeoutMs) => ask((cluster) => cluster.readName(timeoutMs)),
    readWhoAmI: (timeoutMs) => ask((cluster) => cluster.readWhoAmI(timeoutMs)),
    nodes: () => current.nodes(),
    remarks: () => current.remarks(),
    renewSecrets: () => current.renewSecrets(),
    close: () => current.close(),
    replace: async (next) => {
      const earlier = current;
      current = next;
      await earlier.close();
    },
  };
}
