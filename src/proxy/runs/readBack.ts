import type { Clock } from "../clock.ts";
import type { SpanRecord } from "../history/disk/row.ts";
import type { History } from "../history/history.ts";

/** So few rows that a write between two pieces is not held up long enough to be told. */
const spansPerPage = 1_000;
/** More than thirteen upgrades and a year of hiccups; what lies before is not listed. */
const mostSpansRead = 20_000;
/** The disk and the event loop are ours for a fifth of the time at most. */
const restFactor = 4;
/** How long nothing is read at least between two pieces. */
export const shortestRestMs = 20;

/** What reads back, and when it is told to stop. */
export type ReadBackTools = {
  readonly page: History["page"];
  readonly clock: Pick<Clock, "steadyMs">;
  readonly rest: (delayMs: number) => Promise<void>;
  readonly isStopped: () => boolean;
};

/** A cluster's newest records, oldest first. */
export type ReadBack = {
  readonly records: readonly SpanRecord[];
  /** Whether they reach back to the beginning. */
  readonly isWhole: boolean;
};

/**
 * Reads a cluster's history from its end back to a place, a piece at a time.
 *
 * @param neededFrom that place; it is asked for after every piece, as it changes when what is past is dated anew
 */
export async function readBack(
  cluster: string,
  neededFrom: () => number,
  { page, clock, rest, isStopped }: ReadBackTools,
): Promise<ReadBack> {
  let records: readonly SpanRecord[] = [];
  let before: number | null = null;
  let isWhole = false;
  const isEnough = (): boolean =>
    isWhole ||
    records.length >= mostSpansRead ||
    (records[0]?.sequence ?? Infinity) <= neededFrom();
  do {
    const beganMs = clock.steadyMs();
    // One after the other: a piece at a time is what keeps the disk free for writes.
    // oxlint-disable-next-line no-await-in-loop
    const piece: readonly SpanRecord[] = await page(cluster, before, spansPerPage);
    const oldest = piece[0]?.sequence;
    records = [...piece, ...records];
    // Damaged rows are left out of a page, so a short one is not yet the last.
    isWhole = oldest === undefined || oldest <= 1;
    before = oldest ?? before;
    const tookMs = clock.steadyMs() - beganMs;
    if (!isEnough()) {
      // oxlint-disable-next-line no-await-in-loop
      await rest(Math.max(shortestRestMs, restFactor * tookMs));
    }
  } while (!isEnough() && !isStopped());
  return { records, isWhole };
}
