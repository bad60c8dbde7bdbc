import { queryOptions } from "@tanstack/react-query";
import { curvesSchema } from "../../../contract/curves.ts";
import { runsSchema } from "../../../contract/runs.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { fetchJson } from "../fetchJson.ts";

/** An upgrade by its id; or `latest`, and then by when that one began. */
export type CurveQuestion = {
  readonly cluster: string;
  readonly run: string;
  readonly from: EpochMs | null;
};

const retryMs = 5000;
const deadlineMs = 15_000;

/**
 * How an upgrade prepared, with so many earlier ones of its kind: asked once, for these have ended. Without them the
 * curve itself is what is asked for, and again while it goes on.
 */
export function curvesQuery({ cluster, run, from }: CurveQuestion, earlier: number) {
  const path = `api/clusters/${encodeURIComponent(cluster)}/runs/${encodeURIComponent(run)}/curve`;
  return queryOptions({
    queryKey: ["curves", cluster, run, from, earlier],
    queryFn: ({ signal }) =>
      fetchJson(curvesSchema, `${path}?earlier=${earlier}`, { signal, timeoutMs: deadlineMs }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: ({ state }) =>
      state.status === "error" || (earlier === 0 && state.data?.answer.run.to === null)
        ? retryMs
        : false,
  });
}

/** The newest upgrades of one cluster, or of all. */
export function newestRunsQuery(cluster: string | null) {
  const path = cluster === null ? "api/runs" : `api/clusters/${encodeURIComponent(cluster)}/runs`;
  return queryOptions({
    queryKey: ["runs-newest", cluster],
    queryFn: ({ signal }) =>
      fetchJson(runsSchema, `${path}?limit=100`, { signal, timeoutMs: deadlineMs }),
    refetchInterval: ({ state }) =>
      state.status === "error" || state.data?.answer.complete === false ? retryMs : false,
  });
}
