import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { historySchema } from "../../contract/spans.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { askerOf } from "./asker.ts";
import { ApiError } from "./fetchJson.ts";

const failedHistoryMs = 2000;

function historyQuery(id: string, from: EpochMs, revision: string) {
  const fromText = new Date(from).toISOString();
  const path = `api/clusters/${encodeURIComponent(id)}/history?from=${encodeURIComponent(fromText)}`;
  return queryOptions({
    queryKey: ["history", id, fromText, revision],
    queryFn: ({ signal, client }) => askerOf(client)(historySchema, path, { signal }),
    // What is past does not change under its revision: nothing but a new one makes it worth asking again.
    staleTime: Number.POSITIVE_INFINITY,
    // Revisions come and go; a picture that nobody looks at any more is not worth its memory.
    gcTime: 10_000,
    refetchInterval: ({ state }) => (state.status === "error" ? failedHistoryMs : false),
  });
}

/** The history as it is to be drawn. */
export type DrawnHistory = {
  /** Oldest first; undefined while there is none. */
  readonly spans: readonly Span[] | undefined;
  /** Why there is none, where that is known. */
  readonly failure: Error | null;
};

/**
 * Asks for a cluster's spans since a moment, again for another range or another revision. Meanwhile the picture of the same
 * cluster stays up, and never that of another one; so it does while the server can't be reached, which every page says. A
 * server that answers and can't tell the history leaves none: what it told before is not how things are.
 */
export function useHistory(id: string, from: EpochMs, revision: string): DrawnHistory {
  const { data, error } = useQuery(historyQuery(id, from, revision));
  const [kept, setKept] = useState({ id, data });
  if (data !== undefined && data !== kept.data) {
    setKept({ id, data });
  }
  const isOutOfReach =
    error instanceof ApiError && (error.kind === "unreachable" || error.kind === "timeout");
  const stays = kept.id === id && (error === null || isOutOfReach);
  const drawn = data ?? (stays ? kept.data : undefined);
  return { spans: drawn?.answer.spans, failure: error };
}
