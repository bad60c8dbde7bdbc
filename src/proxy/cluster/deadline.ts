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

/** A timer that comes later than this was held up by this process itself. */
const heldUpMs = 100;
/** So long is still listened to what may have come meanwhile. */
const graceMs = 250;

/**
 * Calls back when a deadline has passed; where this process was blocked then, only after it has had a moment to read
 * what arrived in time.
 *
 * @returns cancels it
 */
export function onExpiry(deadline: Deadline, callback: () => void): () => void {
  const endsMs = performance.now() + deadline.leftMs();
  let timer = setTimeout(() => {
    if (performance.now() - endsMs < heldUpMs) {
      callback();
    } else {
      timer = setTimeout(callback, graceMs);
    }
  }, deadline.leftMs());
  return () => clearTimeout(timer);
}
