import type { Lanes } from "../../../contract/api.ts";
import { type EpochMs, stateWord } from "../../../upgrade/status.ts";
import type { ClusterFacts } from "../../api/fleet/answer.ts";
import { byAttention } from "../../shell/order.ts";
import type { Away } from "../../shell/looked/looked.ts";

/** What changed on one cluster. */
export type ClusterSince = {
  readonly id: string;
  readonly name: string;
  /** When something changed last. */
  readonly at: EpochMs;
  /** The states that it went through, and its absences, e.g. "Preparing → Prepared · away as expected twice". */
  readonly words: string;
  /** What is said of it now. */
  readonly headline: string;
};

/** What changed in the fleet. */
export type FleetSince = {
  /** In the order of the page: what asks for something first. */
  readonly clusters: readonly ClusterSince[];
  /** On so many more clusters something changed. */
  readonly left: number;
  /** Whether the lanes begin later than that time. */
  readonly isPartial: boolean;
};

const mostClusters = 6;
const mostStates = 5;

/** What changed in a time in which nobody looked; null where nothing did. */
export function fleetSince(
  clusters: readonly ClusterFacts[],
  lanes: Lanes["lanes"],
  away: Away,
  lanesFrom: EpochMs,
): FleetSince | null {
  const lanesById = new Map(lanes.map(({ id, segments }) => [id, segments]));
  const changed = byAttention(clusters).flatMap(
    (facts) => changesOf(facts, lanesById.get(facts.id) ?? [], away) ?? [],
  );
  return changed.length === 0
    ? null
    : {
        clusters: changed.slice(0, mostClusters),
        left: Math.max(0, changed.length - mostClusters),
        isPartial: lanesFrom > away.since,
      };
}

function changesOf(
  { id, name, headline }: ClusterFacts,
  segments: Lanes["lanes"][number]["segments"],
  { since, until }: Away,
): ClusterSince | null {
  const states: string[] = [];
  let silences = 0;
  let absences = 0;
  let unwatched = 0;
  let at: EpochMs | null = null;
  for (const { kind, state, from, to } of segments) {
    const isNew = from > since && from <= until;
    const isThen = to > since && from <= until;
    if (isThen && kind === "state" && state !== null && states.at(-1) !== state) {
      states.push(state);
      at = states.length > 1 ? from : at;
    } else if (isNew && kind !== "state" && kind !== "missed") {
      silences += kind === "outage" ? 1 : 0;
      absences += kind === "away" ? 1 : 0;
      unwatched += kind === "unobserved" ? 1 : 0;
      at = from;
    }
  }
  if (at === null) {
    return null;
  }
  const shown =
    states.length > mostStates ? [...states.slice(0, 2), null, ...states.slice(-2)] : states;
  const words = [
    ...(states.length > 1
      ? [shown.map((state) => (state === null ? "…" : stateWord(state))).join(" → ")]
      : []),
    ...times("no answer", silences),
    ...times("away as expected", absences),
    ...times("not observed", unwatched),
  ].join(" · ");
  return { id, name, at, words, headline };
}

function times(what: string, count: number): readonly string[] {
  if (count === 0) {
    return [];
  }
  return [count === 1 ? what : `${what} ${count === 2 ? "twice" : `${count} times`}`];
}
