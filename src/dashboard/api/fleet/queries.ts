import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { lanesSchema } from "../../../contract/api.ts";
import { type Changes, changesSchema } from "../../../contract/changes.ts";
import { allClustersPath } from "../../../contract/firstAnswer.ts";
import { hourMs } from "../../../upgrade/duration.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { type Asker, askerOf } from "../asker.ts";
import { ApiError, fetchJson, type Heard, newestOf, type Received } from "../fetchJson.ts";
import { firstAnswer } from "../firstAnswer.ts";
import { live, pollByAnswer } from "../queries.ts";
import { neverOlder } from "../queryClient.ts";
import { type FleetAnswer, fleetBy } from "./answer.ts";
import { fleetDrawnBy } from "./drawn.ts";

const clustersKey = ["clusters"] as const;

/** All clusters, polled. What did not change is not sent again, and keeps its identity. */
export const clustersQuery = queryOptions({
  queryKey: clustersKey,
  queryFn: async ({ signal, client }): Promise<Received<FleetAnswer>> => {
    const drawn = client.getQueryData<Received<FleetAnswer>>(clustersKey);
    const before = drawn === undefined ? undefined : newestOf(drawn).answer;
    const ask = askerOf(client);
    const next =
      (await askedSince(ask, before, signal)) ?? (await askedSince(ask, undefined, signal));
    if (next === null) {
      // A whole that does not fit itself is no answer of ours.
      throw new ApiError("invalid", "The server's answer contradicts itself.");
    }
    return fleetDrawnBy(next, drawn);
  },
  initialData: () => answered(firstAnswer(changesSchema, allClustersPath), undefined) ?? undefined,
  structuralSharing: neverOlder,
  refetchInterval: pollByAnswer,
  meta: live,
});

async function askedSince(
  ask: Asker,
  before: FleetAnswer | undefined,
  signal: AbortSignal,
): Promise<Heard<FleetAnswer> | null> {
  const path = `${allClustersPath}${encodeURIComponent(before?.mark ?? "")}`;
  return answered(await ask(changesSchema, path, { signal }), before);
}

function answered(
  heard: Heard<Changes> | undefined,
  before: FleetAnswer | undefined,
): Heard<FleetAnswer> | null {
  const answer = heard === undefined ? null : fleetBy(heard.answer, before);
  return heard === undefined || answer === null ? null : { ...heard, answer };
}

const lanesEveryMs = 30_000;

/** The state lanes of all clusters over the last hours; what has changed since is known from the summaries. */
export function lanesQuery(hours: number, now: EpochMs) {
  return queryOptions({
    queryKey: ["lanes", hours],
    queryFn: ({ signal }) => {
      const from = new Date(now - hours * hourMs).toISOString();
      return fetchJson(lanesSchema, `api/lanes?from=${encodeURIComponent(from)}`, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: lanesEveryMs,
  });
}
