import { minuteMs, secondMs } from "../upgrade/duration.ts";
import { isIdle } from "../upgrade/status.ts";

/** How often a cluster is asked: the configuration's `poll`. It may change while a cluster is watched. */
export type Cadence = {
  readonly activeMs: number;
  readonly idleMs: number;
  readonly timeoutMs: number;
};

/** What the next wait depends on. */
export type PollOutcome =
  | {
      readonly kind: "status";
      readonly state: string;
      /** Whether this answer has not ended an outage yet: then the next poll decides, and need not wait. */
      readonly unsteady: boolean;
    }
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
/** After a failure the next try follows within this, or the interval where that is longer. */
const longestRetryMs = 4 * secondMs;
const patientStatuses: readonly (number | null)[] = [401, 403, 404, 429];
/** By this share a wait after a failure may differ, so that many clusters that fail at once are not asked in step. */
const spread = 0.2;

/** The interval in force while a cluster answers: faster while something moves. */
export function intervalMs(cadence: Cadence, state: string | null): number {
  return state === null || isIdle(state) ? cadence.idleMs : cadence.activeMs;
}

/**
 * How long to wait from the start of one poll to the start of the next.
 *
 * After a failure the next try follows within max(interval, 4 s); longer waits only where the cluster has answered with
 * 401, 403, 404 or 429, where Retry-After is obeyed for up to five minutes. Waits after failures differ by chance.
 *
 * @param chance from 0 to 1
 */
export function waitMs(cadence: Cadence, outcome: PollOutcome, chance: number): number {
  const { activeMs } = cadence;
  if (outcome.kind === "status") {
    return outcome.unsteady ? activeMs : intervalMs(cadence, outcome.state);
  }
  const { httpStatus, retryAfterMs, expected } = outcome;
  const isAsked = retryAfterMs !== null && !expected;
  if (patientStatuses.includes(httpStatus) && !expected) {
    if (retryAfterMs !== null) {
      // Never sooner than the cluster asks for.
      const askedMs = Math.min(retryAfterMs * (1 + spread * chance), longestRetryAfterMs);
      return Math.max(activeMs, askedMs);
    }
    const doubledMs = longestRetryMs * 2 ** Math.min(outcome.failures - 1, 10);
    return Math.max(activeMs, Math.min(doubledMs, longestDeniedMs)) * (1 - spread * chance);
  }
  const limitMs = Math.max(activeMs, longestRetryMs);
  const leastMs = isAsked && httpStatus === 503 ? Math.max(retryAfterMs, activeMs) : activeMs;
  const longerMs = leastMs * (1 + spread * chance);
  // Where the limit leaves no room above the interval, the wait is shorter instead.
  return longerMs <= limitMs ? longerMs : limitMs * (1 - spread * chance);
}
