/** Asked so long after the proxy should have its next answer, that answer is there. */
const marginMs = 30;
const shortestMs = 100;
/** A page whose server is lost asks no more rarely than this. */
export const longestMs = 5000;
/** A page asks its own server at least so often, however rarely the server asks the cluster: it must notice its loss. */
export const longestPageMs = 1000;
const firstRetryMs = 1000;

/** What is known of a polled question when the next one is planned; moments in ms by one and the same clock. */
export type Polled = {
  readonly failed: boolean;
  /** When an answer came last; null when none ever did. */
  readonly answeredAtMs: number | null;
  /** Whether it failed by waiting for an answer in vain; that was the wait. */
  readonly timedOut: boolean;
  /** When the last question failed. */
  readonly failedAtMs: number;
  readonly nextPollInMs: number | undefined;
  /** How long the server asked to wait when it refused; it is waited for, but for no longer than a lost server. */
  readonly retryAfterMs?: number;
};

/**
 * How long to wait until the next question: until just after the proxy's own next poll, so that a change is on the page
 * within one interval and a moment, and a second at most. After a failure it is a second, then as long as the silence has lasted, to 5 s; always
 * a second where the question itself waited in vain.
 */
export function refetchIntervalMs(polled: Polled): number {
  if (polled.failed || polled.nextPollInMs === undefined) {
    const silentMs = polled.answeredAtMs === null ? 0 : polled.failedAtMs - polled.answeredAtMs;
    const waitMs = Math.max(polled.timedOut ? 0 : silentMs, polled.retryAfterMs ?? 0);
    return bounded(waitMs, firstRetryMs);
  }
  return Math.min(bounded(polled.nextPollInMs + marginMs, shortestMs), longestPageMs);
}

function bounded(durationMs: number, leastMs: number): number {
  return Math.min(Math.max(durationMs, leastMs), longestMs);
}
