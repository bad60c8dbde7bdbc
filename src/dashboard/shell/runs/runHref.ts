import type { RunDetail, RunSummary } from "../../../contract/runs.ts";

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

/** A moment before and after an upgrade, so that it is seen to begin and to end. */
const aroundMs = 5000;

/** The replay of one upgrade on its cluster's page, as far as it has come. */
export function replayHref({
  cluster,
  from,
  to,
  now,
}: Pick<RunDetail, "cluster" | "from" | "to" | "now">): string {
  const begin = new Date(from - aroundMs).toISOString();
  const end = new Date(to === null ? now : Math.min(to + aroundMs, now)).toISOString();
  return `/clusters/${encodeURIComponent(cluster)}?replay=${begin}&until=${end}`;
}

/** The page of one upgrade. */
export function runHref({ cluster, id }: Named): string {
  return `${runsHref(cluster)}/${encodeURIComponent(id)}`;
}
