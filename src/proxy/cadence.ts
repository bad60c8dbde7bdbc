import { minuteMs, secondMs } from "../upgrade/duration.ts";
import { isIdle } from "../upgrade/status.ts";

/** How often a cluster is asked: the configuration's `poll`. */
export type Cadence = {
  readonly activeMs: number;
  readonly idleMs: number;
  readonly timeoutMs: number;
};

/** What the next wait depends on. */
export type PollOutcome =
  | { readonly kind: "status"; readonly state: string }
  | {
      readonly kind: "failure";
      readonly httpStatus: number | null;
      readonly retryAfterMs: number | null;
      /** Polls in a row that failed, this one included. */
      readonly failures: number;
      /** Whether an absence is expected here: then refusals are no reason to wait longer. */
      readonly expected: boolean;
    };

const longestRetryAfterMs = 5 * minuteMs;
const longestDeniedMs = minuteMs;
const patientStatuses: readonly (number | null)[] = [401, 403, 404, 429];

/** The interval in force while a cluster answers: faster while something moves. */
export function intervalMs(cadence: Cadence, state: string | null): number {
  return state === null || isIdle(state) ? cadence.idleMs : cadence.activeMs;
}

/**
 * How long to wait from the start of one poll to the start of the next.
 *
 * After a failure the next try follows within max(interval, 4 s); longer waits only where the cluster has answered with
 * 401, 403, 404 or 429, where Retry-After is obeyed too.
 */
export function waitMs(cadence: Cadence, outcome: PollOutcome): number {
  if (outcome.kind === "status") {
    return intervalMs(cadence, outcome.state);
  }
  if (patientStatuses.includes(outcome.httpStatus) && !outcome.expected) {
    if (outcome.retryAfterMs !== null) {
      return Math.min(Math.max(outcome.retryAfterMs, cadence.activeMs), longestRetryAfterMs);
    }
    const doubledMs = 4 * secondMs * 2 ** Math.min(outcome.failures - 1, 10);
    return Math.min(Math.max(cadence.activeMs, doubledMs), longestDeniedMs);
  }
  return cadence.activeMs;
}
