import { type ReactNode, useCallback, useRef } from "react";
import { useTick } from "../../ui/ticker.ts";

type HeartbeatProperties = {
  /** Gives another number for each answer that it stands for. */
  readonly beat: () => number;
  readonly isFlat: boolean;
};

/**
 * A line along which a pulse runs in each second in which an answer came, and that lies flat otherwise. Begun anew for each
 * of several answers a second it would never arrive.
 */
export function Heartbeat({ beat, isFlat }: HeartbeatProperties): ReactNode {
  const pulse = useRef<SVGSVGElement>(null);
  const told = useRef<number>(undefined);
  useTick(
    useCallback(() => {
      const newest = beat();
      // Where motion is not wanted there is no run to begin; one that is not over yet tells of this answer after it.
      const run = pulse.current?.getAnimations()[0];
      if (newest !== told.current && run?.playState === "finished") {
        told.current = newest;
        run.play();
      }
    }, [beat]),
  );
  return (
    <span className={`heartbeat ${isFlat ? "text-stale" : "text-link"}`} aria-hidden="true">
      {!isFlat && (
        <svg
          ref={pulse}
          viewBox="0 0 40 24"
          className="heartbeat-pulse"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.6"
          strokeLinejoin="round"
        >
          <path d="M0 12h10l4-8 6 16 4-8h16" />
        </svg>
      )}
    </span>
  );
}
