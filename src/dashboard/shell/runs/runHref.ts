import type { RunSummary } from "../../../contract/runs.ts";

/** Where the upgrades of a cluster are listed. */
export function runsHref(cluster: string): string {
  return `/clusters/${encodeURIComponent(cluster)}/runs`;
}

type Named = Pick<RunSummary, "cluster" | "id">;

/** The page that lays one upgrade beside another, or where that is chosen. */
export function againstHref(run: Named, other?: Named): string {
  const named =
    other === undefined
      ? ""
      : `/${other.cluster === run.cluster ? "" : `${encodeURIComponent(other.cluster)}:`}${encodeURIComponent(other.id)}`;
  return `${runHref(run)}/against${named}`;
}

/** The page of one upgrade. */
export function runHref({ cluster, id }: Named): string {
  return `${runsHref(cluster)}/${encodeURIComponent(id)}`;
}
