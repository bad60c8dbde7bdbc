import { queryOptions, replaceEqualDeep } from "@tanstack/react-query";
import { type ClusterStatus, clusterStatusSchema } from "../../contract/api.ts";
import { clusterStatusPath } from "../../contract/firstAnswer.ts";
import { askerOf } from "./asker.ts";
import { drawnBy } from "./drawn.ts";
import type { Received } from "./fetchJson.ts";
import { firstAnswer } from "./firstAnswer.ts";
import { live, pollByAnswer } from "./queries.ts";
import { neverOlder } from "./queryClient.ts";

/** One cluster, polled; a cluster that is not configured is an error with status 404. */
export function clusterStatusQuery(id: string) {
  const path = clusterStatusPath(id);
  const queryKey = ["cluster-status", id];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<Received<ClusterStatus>> => {
      const next = await askerOf(client)(clusterStatusSchema, path, { signal });
      return drawnBy(next, client.getQueryData<Received<ClusterStatus>>(queryKey), tellsTheSame);
    },
    initialData: () => firstAnswer(clusterStatusSchema, path),
    structuralSharing: neverOlder,
    refetchInterval: pollByAnswer,
    meta: live,
  });
}

/** Whether an answer tells nothing of a cluster that the one before did not, but the moments of its last poll. */
export function tellsTheSame(next: ClusterStatus, before: ClusterStatus): boolean {
  const { now, observedAt, ageMs, latencyMs, nextPollInMs } = before;
  const nodes = next.nodes.map((node, place) => ({
    ...node,
    heardAt: before.nodes[place]?.heardAt ?? null,
  }));
  const asBefore = { ...next, nodes, now, observedAt, ageMs, latencyMs, nextPollInMs };
  return replaceEqualDeep(before, asBefore) === before;
}
