/** Where the wall clock moved so much further than the monotonic one, the machine slept. */
const sleptMs = 1000;

/**
 * A clock that only counts forward and misses nothing: some browsers stop their monotonic clock while the machine
 * sleeps, and the wall clock may be set at any moment. The monotonic clock is believed, but where the wall clock has moved much further
 * since the last look: then the machine slept, and a picture from before a sleep must not be taken for a fresh one.
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
    const steadyMs = Math.max(0, monotonic - lastMonotonicMs);
    const wallPassedMs = wall - lastWallMs;
    // The two are rounded differently; taking the larger one at every look would add up to a clock that runs fast.
    totalMs += wallPassedMs - steadyMs > sleptMs ? wallPassedMs : steadyMs;
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
