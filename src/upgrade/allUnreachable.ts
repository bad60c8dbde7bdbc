import type { FailureKind } from "./observation.ts";
import type { Span } from "./span.ts";
import type { EpochMs } from "./status.ts";
import { outagePolls, troubleOf } from "./trouble.ts";

/** What is watched of one cluster. */
export type WatchedCluster = {
  /** Oldest first. */
  readonly spans: readonly Span[];
  readonly addresses: number;
};

/** What a network, or the lack of one, does to a poll; anything else comes from a cluster. */
const networkFailures: readonly FailureKind[] = ["refused", "timeout", "reset", "dns"];

/**
 * Since when no cluster at all is reached, for reasons of the network: then the fault is rather near us than near all of
 * them. Null while one answers, where there is only one, and where all are away as expected.
 */
export function allUnreachableSince(clusters: readonly WatchedCluster[]): EpochMs | null {
  if (clusters.length < 2) {
    return null;
  }
  const since: EpochMs[] = [];
  for (const { spans } of clusters) {
    const silent = spans.slice(spans.findLastIndex(({ kind }) => kind !== "unreachable") + 1);
    const newest = silent.at(-1);
    const polls = silent.reduce((sum, span) => sum + span.polls, 0);
    const isNetwork =
      newest?.kind === "unreachable" && networkFailures.includes(newest.failure.kind);
    if (!isNetwork || polls < outagePolls) {
      return null;
    }
    since.push(silent[0]?.from ?? newest.from);
  }
  const isOutage = clusters.some(
    ({ spans, addresses }) => troubleOf(spans, addresses)?.link === "outage",
  );
  return isOutage ? Math.max(...since) : null;
}
