import type { RunSummary } from "../../../contract/runs.ts";

/** Where the upgrades of a cluster are listed. */
export function runsHref(cluster: string): string {
  return `/clusters/${encodeURIComponent(cluster)}/runs`;
}

/** The page of one upgrade. */
export function runHref({ cluster, id }: Pick<RunSummary, "cluster" | "id">): string {
  return `${runsHref(cluster)}/${encodeURIComponent(id)}`;
}
