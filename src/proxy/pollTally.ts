import type { FailureKind, Observation } from "../upgrade/observation.ts";

/** How the polls of one cluster came out since the start. */
export type PollTally = {
  readonly answered: number;
  readonly failed: Readonly<Record<FailureKind, number>>;
  /** Polls that were due while another one was under way: they are left out, never queued. */
  readonly skipped: number;
  /** Polls that failed while this process itself was blocked: asked again at once, and no word about the cluster. */
  readonly spoiled: number;
};

/** No poll so far. */
export const noPolls: PollTally = {
  answered: 0,
  failed: {
    refused: 0,
    timeout: 0,
    reset: 0,
    dns: 0,
    tls: 0,
    http: 0,
    auth: 0,
    invalid: 0,
  },
  skipped: 0,
  spoiled: 0,
};

/**
 * The tally after one more poll.
 *
 * @param tookMs until everything that belongs to the poll was done
 * @param waitMs planned from its start to the start of the next one
 */
export function tallied(
  tally: PollTally,
  observation: Observation,
  tookMs: number,
  waitMs: number,
): PollTally {
  const skipped = tally.skipped + Math.max(0, Math.ceil(tookMs / waitMs) - 1);
  if (observation.kind === "status") {
    return { ...tally, answered: tally.answered + 1, skipped };
  }
  const { kind } = observation.failure;
  return { ...tally, failed: { ...tally.failed, [kind]: tally.failed[kind] + 1 }, skipped };
}
