import { expectedAbsence, isExcusable, settingsInFlight } from "../upgrade/absence.ts";
import type { Observation } from "../upgrade/observation.ts";
import type { Span } from "../upgrade/span.ts";
import { troubleOf } from "../upgrade/trouble.ts";
import type { PollOutcome } from "./cadence.ts";
import type { StatusPoll } from "./cluster/cluster.ts";

/** A poll that failed in silence while this process was blocked for so long says nothing of the cluster. */
const spoiledMs = 500;

/** Whether a poll failed in silence, and this process itself may be the reason. */
export function isSpoiled({ blockedMs, outcome }: StatusPoll): boolean {
  return (
    blockedMs >= spoiledMs &&
    outcome.kind === "failure" &&
    (outcome.failure.kind === "timeout" || outcome.failure.kind === "reset")
  );
}

/** An observation by the wall clock as it is set now, which was set by so much since. */
export function redated(observation: Observation, byMs: number): Observation {
  const { startedAt, at } = observation;
  return byMs === 0 ? observation : { ...observation, startedAt: startedAt + byMs, at: at + byMs };
}

/**
 * What the next wait depends on.
 *
 * @param spans with this poll as their newest
 * @param failures polls in a row that failed, this one included
 * @param addresses how many addresses the cluster has
 */
export function outcomeOf(
  observation: Observation,
  { outcome }: StatusPoll,
  { spans, failures, addresses }: { spans: readonly Span[]; failures: number; addresses: number },
): PollOutcome {
  if (observation.kind === "status") {
    const unsteady = troubleOf(spans, addresses) !== null;
    return { kind: "status", state: observation.status.state, unsteady };
  }
  const heard = spans.findLast((span) => span.kind === "status");
  return {
    kind: "failure",
    failures,
    httpStatus: outcome.kind === "failure" ? outcome.httpStatus : null,
    retryAfterMs: outcome.kind === "failure" ? outcome.retryAfterMs : null,
    expected:
      expectedAbsence(heard, addresses, settingsInFlight(spans)) !== null &&
      isExcusable(observation.failure),
  };
}
