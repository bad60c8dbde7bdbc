import { queryOptions } from "@tanstack/react-query";
import { historySchema } from "../../contract/spans.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { askerOf } from "./asker.ts";

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
