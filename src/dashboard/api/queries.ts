import { ApiError, newestOf, type Received } from "./fetchJson.ts";
import { refetchIntervalMs } from "./interval.ts";

type Polling = {
  readonly state: {
    readonly status: string;
    readonly error: Error | null;
    readonly data: Received<{ readonly nextPollInMs: number }> | undefined;
    readonly dataUpdatedAt: number;
    readonly errorUpdatedAt: number;
  };
};

/** How long until a polled question is asked again. */
export function pollByAnswer({ state }: Polling): number {
  return refetchIntervalMs({
    failed: state.status === "error",
    timedOut: state.error instanceof ApiError && state.error.kind === "timeout",
    answeredAtMs: state.data === undefined ? null : state.dataUpdatedAt,
    failedAtMs: state.errorUpdatedAt,
    nextPollInMs: state.data === undefined ? undefined : newestOf(state.data).answer.nextPollInMs,
    retryAfterMs: state.error instanceof ApiError ? state.error.retryAfterMs : 0,
  });
}

/** Marks the questions that must never stop: the watchdog looks after them. */
export const live = { live: true } as const;

/** Whether an error says that the cluster is not configured. */
export function isNotFound(error: Error | null): boolean {
  return error instanceof ApiError && error.httpStatus === 404;
}
