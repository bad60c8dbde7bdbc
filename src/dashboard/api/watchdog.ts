import type { QueryClient } from "@tanstack/react-query";
import { deadlineMs } from "./fetchJson.ts";
import { longestMs } from "./interval.ts";

/** What the watchdog remembers of one question. */
export type Watched = {
  /** Changes with every question asked and every answer or failure. */
  readonly mark: string;
  /** Since when nothing has changed. */
  readonly sinceMs: number;
};

const graceMs = 2000;
/** The longest wait between questions, and some. */
const stoppedAfterMs = longestMs + graceMs;
const hungAfterMs = deadlineMs + graceMs;

/**
 * Whether a question hangs past its deadline (`restart`) or is no longer asked (`ask`), for whatever reason.
 *
 * @param sinceMs since when nothing has changed
 */
export function dogsVerdict(
  isFetching: boolean,
  sinceMs: number,
  nowMs: number,
): "well" | "restart" | "ask" {
  if (isFetching) {
    return nowMs - sinceMs > hungAfterMs ? "restart" : "well";
  }
  return nowMs - sinceMs > stoppedAfterMs ? "ask" : "well";
}

/**
 * Watches over the questions marked as live from outside the query library, so that whatever makes that library stop
 * asking (a question that hangs, a lost timer, a pause that nobody ends) heals within seconds.
 *
 * @returns stops it
 */
export function startWatchdog(client: QueryClient, nowMs: () => number, everyMs = 500): () => void {
  const watched = new Map<string, Watched>();
  const look = (): void => {
    const now = nowMs();
    for (const query of client.getQueryCache().getAll()) {
      if (query.meta?.["live"] === true && query.getObserversCount() > 0) {
        const { state, queryHash, queryKey } = query;
        const mark = `${state.fetchStatus} ${state.dataUpdateCount} ${state.errorUpdateCount}`;
        const before = watched.get(queryHash);
        const sinceMs = before?.mark === mark ? before.sinceMs : now;
        const verdict = dogsVerdict(state.fetchStatus === "fetching", sinceMs, now);
        watched.set(queryHash, { mark, sinceMs: verdict === "well" ? sinceMs : now });
        if (verdict !== "well") {
          // Failures are the query's own to tell; asking again with what hangs cancelled is all there is to do.
          void client.refetchQueries({ queryKey, exact: true }, { cancelRefetch: true });
        }
      }
    }
  };
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);
}
