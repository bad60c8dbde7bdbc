import type { Clock } from "../clock.ts";

/** A clock that stands still until it is told to go on. */
export type ManualClock = Clock & {
  /** Lets so much time pass; timers that fall due are called in their order, and what they set off is awaited. */
  readonly pass: (durationMs: number) => Promise<void>;
  /** Sets the wall clock by so much, and lets everyone know at once. */
  readonly set: (byMs: number) => void;
};

/**
 * A manual clock that begins at a moment.
 *
 * @param uptimeMs what its steady clock has counted before
 */
export function manualClock(startsAt: number, uptimeMs = 0): ManualClock {
  let now = uptimeMs;
  let aheadMs = startsAt - uptimeMs;
  const listeners = new Set<(byMs: number) => void>();
  let timers: { readonly dueAt: number; readonly callback: () => void }[] = [];
  const settle = async (): Promise<void> => {
    // What a timer sets off is a chain of promises; none of it waits for the outside.
    for (let turn = 0; turn < 30; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    }
  };
  // The real one dates by whole milliseconds too.
  const dateOf = (steadyMs: number): number => Math.round(steadyMs + aheadMs);
  return {
    now: () => dateOf(now),
    steadyMs: () => now,
    dateOf,
    look: () => undefined,
    onSet: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set: (byMs) => {
      aheadMs += byMs;
      for (const listener of listeners) {
        listener(byMs);
      }
    },
    after: (delayMs, callback) => {
      const timer = { dueAt: now + Math.max(0, delayMs), callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass: async (durationMs) => {
      const until = now + durationMs;
      await settle();
      for (;;) {
        const next = timers.toSorted((one, other) => one.dueAt - other.dueAt)[0];
        if (next === undefined || next.dueAt > until) {
          break;
        }
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.dueAt);
        next.callback();
        // oxlint-disable-next-line no-await-in-loop
        await settle();
      }
      now = until;
      await settle();
    },
  };
}
