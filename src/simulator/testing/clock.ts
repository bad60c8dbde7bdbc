import type { SimulatorClock } from "../clock.ts";

/** A clock that stands still until it is told to go on. */
export type HandClock = SimulatorClock & {
  /** Goes on by so long, then calls back every timer once. */
  readonly goOn: (byMs: number) => void;
  /** How many timers run. */
  readonly timers: () => number;
};

/** Makes a clock that shows 0. */
export function handClock(): HandClock {
  let now = 0;
  const callbacks = new Set<() => void>();
  return {
    now: () => now,
    every: (_intervalMs, callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    goOn: (byMs) => {
      now += byMs;
      for (const callback of callbacks) {
        callback();
      }
    },
    timers: () => callbacks.size,
  };
}
