import { uptime } from "node:os";
import type { EpochMs } from "../upgrade/status.ts";

/**
 * The time and its timers, passed in so that tests decide what time it is. There are two clocks, see decision 015: dates
 * are for people and come from the wall clock, which may be set at any moment; whatever is measured comes from the
 * steady one.
 */
export type Clock = {
  /** The date: that of the last look at the wall clock, counted on by the steady clock. It leaps in a `look` only. */
  readonly now: () => EpochMs;
  /** Counts on, whatever the wall clock is set to, and through a sleep of the machine: for ages, waits and deadlines. */
  readonly steadyMs: () => number;
  /** The date of a moment of the steady clock, by the wall clock as it is set now. */
  readonly dateOf: (steadyMs: number) => EpochMs;
  /** Calls back once after so long, however long; the answer cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** Looks at the wall clock, and tells the listeners if it was set. */
  readonly look: () => void;
  /**
   * Calls back whenever the wall clock was set, with how far (negative: back), once `now` follows it. What was dated
   * before is to be dated anew by as much. The answer ends it.
   */
  readonly onSet: (listener: (byMs: number) => void) => () => void;
};

/** What a clock reads; each in ms. */
export type ClockSources = {
  /** Counts on unless the machine sleeps, such as `performance.now`. */
  readonly monotonicMs: () => number;
  /** Since 1970; may be set. */
  readonly wallMs: () => number;
  /** Counts on through sleeps, coarsely: to the second at worst. */
  readonly bootMs: () => number;
};

/** Node's timers fire at once when the delay does not fit into 31 bits. */
const longestTimerMs = 2 ** 31 - 1;
/** A wall clock that differs by less is not worth a leap: a date may be wrong by so much. */
const toleranceMs = 1000;
/** What the clock of the boot can't resolve on some systems. */
const coarseMs = 1500;
/** Two clocks that were read so far apart can't be compared. */
const readWithinMs = 50;

/** The clock of a process. Nothing looks at the wall clock on its own: see {@link Clock.look}. */
export function createClock({ monotonicMs, wallMs, bootMs }: ClockSources): Clock {
  let aheadMs = wallMs() - monotonicMs();
  const bootAheadMs = bootMs() - monotonicMs();
  let asleepMs = 0;
  const listeners = new Set<(byMs: number) => void>();
  const steadyMs = (): number => monotonicMs() + asleepMs;
  const dateOf = (steady: number): EpochMs => Math.round(steady + aheadMs);

  const look = (): void => {
    const monotonic = monotonicMs();
    const wall = wallMs();
    if (Math.abs(wall - dateOf(monotonic + asleepMs)) < toleranceMs) {
      return;
    }
    const boot = bootMs();
    if (monotonicMs() - monotonic > readWithinMs) {
      return;
    }
    // Only the clock of the boot tells a sleep from a wall clock that was set forward.
    const sleptMs = boot - monotonic - bootAheadMs - asleepMs;
    asleepMs += sleptMs > coarseMs ? sleptMs : 0;
    const byMs = Math.round(wall - (monotonic + asleepMs) - aheadMs);
    if (Math.abs(byMs) >= toleranceMs) {
      aheadMs += byMs;
      for (const listener of listeners) {
        listener(byMs);
      }
    }
  };

  return {
    now: () => dateOf(steadyMs()),
    steadyMs,
    dateOf,
    look,
    onSet: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    after: (delayMs, callback) => {
      let timer: NodeJS.Timeout;
      const arm = (leftMs: number): void => {
        const partMs = Math.min(Math.max(0, leftMs), longestTimerMs);
        timer = setTimeout(() => (leftMs > partMs ? arm(leftMs - partMs) : callback()), partMs);
      };
      arm(delayMs);
      return () => clearTimeout(timer);
    },
  };
}

/** The real time. */
export const systemClock: Clock = createClock({
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  bootMs: () => uptime() * 1000,
});

/**
 * Waits for a promise no longer than so long.
 *
 * @returns whether it settled in time; a rejection counts as settled and is thrown on
 */
export async function settledWithin(
  clock: Pick<Clock, "after">,
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
