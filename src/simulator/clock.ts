import type { EpochMs } from "../upgrade/status.ts";

/** The simulator's time and its timer, passed in so that tests decide what time it is. */
export type SimulatorClock = {
  readonly now: () => EpochMs;
  /** Calls back again and again; the answer ends it. */
  readonly every: (intervalMs: number, callback: () => void) => () => void;
};

/** The real time. */
export const realClock: SimulatorClock = {
  now: () => Date.now(),
  every: (intervalMs, callback) => {
    const timer = setInterval(callback, intervalMs);
    return () => clearInterval(timer);
  },
};
