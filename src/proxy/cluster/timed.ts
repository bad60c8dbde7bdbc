import type { Cluster } from "./cluster.ts";

/** The same cluster, that tells how long each poll of its status took, however it came out. */
export function timed(cluster: Cluster, onPoll: (durationMs: number) => void): Cluster {
  return {
    ...cluster,
    pollStatus: async (timeoutMs) => {
      const poll = await cluster.pollStatus(timeoutMs);
      onPoll(poll.latencyMs);
      return poll;
    },
  };
}
