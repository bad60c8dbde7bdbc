import { queryOptions } from "@tanstack/react-query";
import { clusterStatusSchema, historySchema } from "../../contract/api.ts";
import { clusterStatusPath } from "../../contract/firstAnswer.ts";
import type { EpochMs } from "../../upgrade/status.ts";
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

const failedHistoryMs = 2000;

/**
 * A cluster's spans since a moment. It is asked again only for another range or another revision; meanwhile the picture
 * of the same cluster stays up, and never that of another one.
 */
export function historyQuery(id: string, from: EpochMs, revision: string) {
  const fromText = new Date(from).toISOString();
  const path = `api/clusters/${encodeURIComponent(id)}/history?from=${encodeURIComponent(fromText)}`;
  return queryOptions({
    queryKey: ["history", id, fromText, revision],
    queryFn: ({ signal, client }) => askerOf(client)(historySchema, path, { signal }),
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[1] === id ? previous : undefined,
    // What is past does not change under its revision: nothing but a new one makes it worth asking again.
    staleTime: Number.POSITIVE_INFINITY,
    // Revisions come and go; a picture that nobody looks at any more is not worth its memory.
    gcTime: 10_000,
    refetchInterval: ({ state }) => (state.status === "error" ? failedHistoryMs : false),
  });
}

/** Whether an error says that the cluster is not configured. */
export function isNotFound(error: Error | null): boolean {
  return error instanceof ApiError && error.httpStatus === 404;
}
