import type { EpochMs } from "../../../upgrade/status.ts";
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

/** So long after an upgrade its end is seen. */
const afterMs = 5000;
/** Polls are a second apart at least: so long before an upgrade that was heard to begin, there is what was before. */
const beforeMs = 500;
/** At the speed that a replay begins with, it lasts half a minute at least. */
const shortestMs = 30_000;

/** The replay of one upgrade on its cluster's page, as far as it has come. */
export function replayHref({
  cluster,
  from,
  fromExact,
  to,
  now,
}: Pick<RunDetail, "cluster" | "from" | "fromExact" | "to" | "now">): string {
  const begin = fromExact ? from - beforeMs : from;
  const end = to === null ? now : Math.min(to + afterMs, now);
  const speed = [600, 60, 10].find((each) => end - begin >= each * shortestMs) ?? 1;
  const text = (at: EpochMs): string => new Date(at).toISOString();
  return `/clusters/${encodeURIComponent(cluster)}?replay=${text(begin)}&until=${text(end)}&speed=${speed}`;
}

/** The page of one upgrade. */
export function runHref({ cluster, id }: Named): string {
  return `${runsHref(cluster)}/${encodeURIComponent(id)}`;
}
