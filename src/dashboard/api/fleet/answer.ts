import { replaceEqualDeep } from "@tanstack/react-query";
import type { Summary } from "../../../contract/api.ts";
import type { Changes, momentaryKeys } from "../../../contract/changes.ts";

/**
 * What is told of a cluster, without the moments and durations of its last poll: the same object for as long as all of
 * it holds, so that what is drawn from it need not be drawn again.
 */
export type ClusterFacts = Omit<Summary, (typeof momentaryKeys)[number]>;

/** All clusters by the newest answer. */
export type FleetAnswer = Omit<Changes, "clusters" | "isWhole" | "agesMs"> & {
  /** The same array for as long as all of it holds. */
  readonly clusters: readonly ClusterFacts[];
  /** By id: how long ago each was heard, when the answer was made; null for never. */
  readonly agesMs: ReadonlyMap<string, number | null>;
};

/**
 * The fleet by a new answer, on top of the one before.
 *
 * @returns null where it does not fit: then all must be asked for
 */
export function fleetBy(changes: Changes, before: FleetAnswer | undefined): FleetAnswer | null {
  const { clusters: changed, agesMs: ages, isWhole, ...more } = changes;
  const clusters = isWhole ? kept(changed, before?.clusters) : replaced(before?.clusters, changed);
  if (clusters === null || ages.length !== clusters.length) {
    return null;
  }
  const agesMs = new Map(clusters.map(({ id }, place) => [id, ages[place] ?? null]));
  const notices = replaceEqualDeep(before?.notices, more.notices);
  return { ...more, notices, clusters, agesMs };
}

/** How long ago a cluster was heard and by which rules that is fresh, as {@link freshnessOf} reads it. */
export function datedCluster(answer: FleetAnswer, facts: ClusterFacts) {
  const { now, nextPollInMs, agesMs } = answer;
  const ageMs = agesMs.get(facts.id) ?? null;
  const observedAt = ageMs === null ? null : now - ageMs;
  const { link, staleAfterMs } = facts;
  return { now, nextPollInMs, ageMs, observedAt, link, staleAfterMs };
}

function replaced(
  before: readonly ClusterFacts[] | undefined,
  changed: readonly Summary[],
): readonly ClusterFacts[] | null {
  if (before === undefined || changed.length === 0) {
    return before ?? null;
  }
  const byId = new Map<string, Summary>(changed.map((summary) => [summary.id, summary]));
  const next = before.map((facts) => {
    const summary = byId.get(facts.id);
    byId.delete(facts.id);
    return summary ?? facts;
  });
  return byId.size === 0 ? next : null;
}

/** A whole answer may still say the same of most. */
function kept(
  next: readonly ClusterFacts[],
  before: readonly ClusterFacts[] | undefined,
): readonly ClusterFacts[] {
  return before === undefined ? next : replaceEqualDeep(before, next);
}
