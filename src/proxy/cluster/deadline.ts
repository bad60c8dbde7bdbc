/** The time that a whole exchange may take, connecting and body included. */
export type Deadline = {
  readonly totalMs: number;
  /** What is left, never below 0. */
  readonly leftMs: () => number;
};

/**
 * Starts a deadline.
 *
 * @param elapsedMs a clock that is never set; by default the process's own
 */
export function startDeadline(
  totalMs: number,
  elapsedMs: () => number = () => performance.now(),
): Deadline {
  const startedMs = elapsedMs();
  return { totalMs, leftMs: () => Math.max(0, totalMs - (elapsedMs() - startedMs)) };
}
