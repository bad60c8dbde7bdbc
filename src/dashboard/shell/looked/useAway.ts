import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { EpochMs } from "../../../upgrade/status.ts";
import { askers } from "../../api/asker.ts";
import { type Away, awayBetween, lookedAt, rememberLook } from "./looked.ts";

/**
 * The last time in which nobody looked at this page, and what ends the telling of it. A replay is no look at the present.
 *
 * @param page of which it is asked, the same for the life of the component
 * @param now the server's time by its newest answer
 */
export function useAway(page: string, now: EpochMs): readonly [Away | null, () => void] {
  const [away, setAway] = useState<Away | null>(null);
  const last = useRef<EpochMs | null>(null);
  const isReplay = askers.has(useQueryClient());
  useEffect(() => {
    if (isReplay) {
      return undefined;
    }
    const look = (): void => {
      if (document.visibilityState === "hidden") {
        return;
      }
      const suspected = awayBetween(last.current ?? lookedAt(page), now);
      // Another tab may have shown the same meanwhile.
      const known = Math.max(last.current ?? 0, lookedAt(page) ?? 0);
      const found = suspected === null ? null : awayBetween(known, now);
      if (found !== null) {
        setAway(found);
      }
      last.current = now;
      rememberLook(page, now);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [isReplay, page, now]);
  return [away, () => setAway(null)];
}
