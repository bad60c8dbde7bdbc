import { createContext, use, useEffect, useMemo, useRef } from "react";
import { serverNow } from "../api/usePolled.ts";
import type { Received } from "../api/fetchJson.ts";
import type { ClusterStatus } from "../../contract/api.ts";
import type { EpochMs } from "../../upgrade/status.ts";

/** What moves by the second. It is one object for the life of a page, so that nothing is redrawn on its account. */
export type LiveClock = {
  /** The server's time at this very moment. */
  readonly now: () => EpochMs;
  /** When the cluster was last heard; null when it never was. */
  readonly heardAt: () => EpochMs | null;
};

/** A clock that follows the newest answer. */
export function useLiveClock(received: Received<ClusterStatus>): LiveClock {
  const newest = useRef(received);
  useEffect(() => {
    newest.current = received;
  }, [received]);
  return useMemo(
    () => ({
      now: () => serverNow(newest.current),
      heardAt: () => newest.current.answer.observedAt,
    }),
    [],
  );
}

const ClockContext = createContext<LiveClock>({ now: () => 0, heardAt: () => null });

/** Gives everything below it the clock. */
export const LiveClockProvider = ClockContext.Provider;

/** The clock of the page. */
export function useClock(): LiveClock {
  return use(ClockContext);
}
