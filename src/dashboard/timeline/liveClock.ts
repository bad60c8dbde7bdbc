import { createContext, use, useEffect, useMemo, useRef } from "react";
import { freshnessNow, serverNow, useFreshness } from "../api/usePolled.ts";
import { newestOf, type Received } from "../api/fetchJson.ts";
import type { ClusterStatus } from "../../contract/api.ts";
import type { EpochMs } from "../../upgrade/status.ts";

/** What moves by the second. It is one object for the life of a page, so that nothing is redrawn on its account. */
export type LiveClock = {
  /** The server's time at this very moment. */
  readonly now: () => EpochMs;
  /** When the cluster was last heard; null when it never was. */
  readonly heardAt: () => EpochMs | null;
  /** Up to when a silence of the cluster is known of: once our own server is lost, nobody knows whether it goes on. */
  readonly knownUntil: () => EpochMs;
};

/** A clock that follows the newest answer. */
export function useLiveClock(received: Received<ClusterStatus>): LiveClock {
  const drawn = useRef(received);
  useEffect(() => {
    drawn.current = received;
  }, [received]);
  return useMemo(
    () => ({
      now: () => serverNow(drawn.current),
      heardAt: () => newestOf(drawn.current).answer.observedAt,
      knownUntil: () =>
        freshnessNow(drawn.current).proxyLost
          ? newestOf(drawn.current).answer.now
          : serverNow(drawn.current),
    }),
    [],
  );
}

/**
 * A cluster's status as it is to be drawn, whether it is live, and whether our own server is lost, so that all of it is past.
 * What is over counts from the very last answer.
 */
export function useShownStatus(received: Received<ClusterStatus>) {
  const live = useFreshness(received, "live");
  const isLost = useFreshness(received, "proxyLost");
  return { status: live ? received.answer : newestOf(received).answer, live, isLost };
}

const ClockContext = createContext<LiveClock>({
  now: () => 0,
  heardAt: () => null,
  knownUntil: () => 0,
});

/** Gives everything below it the clock. */
export const LiveClockProvider = ClockContext.Provider;

/** The clock of the page. */
export function useClock(): LiveClock {
  return use(ClockContext);
}
