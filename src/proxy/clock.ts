import type { EpochMs } from "../upgrade/status.ts";

/** The time and its timers, passed in so that tests decide what time it is. */
export type Clock = {
  readonly now: () => EpochMs;
  /** Calls back once after so long; the answer cancels it. Delays beyond 2^31-1 ms are cut to that. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
};

/** Node's timers fire at once when the delay does not fit into 31 bits. */
const longestTimerMs = 2 ** 31 - 1;

/** The real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), longestTimerMs));
    return () => clearTimeout(timer);
  },
};

/**
 * Waits for a promise no longer than so long.
 *
 * @returns whether it settled in time; a rejection counts as settled and is thrown on
 */
export async function settledWithin(
  clock: Clock,
  promise: Promise<unknown>,
  limitMs: number,
): Promise<boolean> {
  let cancel: (() => void) | undefined;
  const limit = new Promise<boolean>((resolve) => {
    cancel = clock.after(limitMs, () => resolve(false));
  });
  try {
    return await Promise.race([promise.then(() => true), limit]);
  } finally {
    cancel?.();
  }
}
