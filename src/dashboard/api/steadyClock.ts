/**
 * A clock that only counts forward and misses nothing: some browsers stop their monotonic clock while the machine
 * sleeps, and the wall clock may be set at any moment. Whichever has moved further since the last look is believed, so
 * that a picture from before a sleep is never taken for a fresh one.
 *
 * @param monotonicMs such as `performance.now`
 * @param wallMs such as `Date.now`
 */
export function createSteadyClock(monotonicMs: () => number, wallMs: () => number): () => number {
  let lastMonotonicMs = monotonicMs();
  let lastWallMs = wallMs();
  let totalMs = 0;
  return () => {
    const monotonic = monotonicMs();
    const wall = wallMs();
    totalMs += Math.max(0, monotonic - lastMonotonicMs, wall - lastWallMs);
    lastMonotonicMs = monotonic;
    lastWallMs = wall;
    return totalMs;
  };
}

/** Milliseconds since this page was opened, by a clock that never stands still and never goes back. */
export const steadyNowMs = createSteadyClock(
  () => performance.now(),
  () => Date.now(),
);
