import { queryOptions } from "@tanstack/react-query";
import { clusterStatusSchema } from "../../contract/api.ts";
import { clusterStatusPath } from "../../contract/firstAnswer.ts";
import { askerOf } from "./asker.ts";
import { ApiError, newestOf, type Received } from "./fetchJson.ts";
import { firstAnswer } from "./firstAnswer.ts";
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

/** One cluster, polled; a cluster that is not configured is an error with status 404. */
export function clusterStatusQuery(id: string) {
  const path = clusterStatusPath(id);
  return queryOptions({
    queryKey: ["cluster-status", id],
    queryFn: ({ signal, client }) => askerOf(client)(clusterStatusSchema, path, { signal }),
    initialData: () => firstAnswer(clusterStatusSchema, path),
    refetchInterval: pollByAnswer,
    meta: live,
  });
}

/** Whether an error says that the cluster is not configured. */
export function isNotFound(error: Error | null): boolean {
  return error instanceof ApiError && error.httpStatus === 404;
}
