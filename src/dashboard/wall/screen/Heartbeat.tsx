import type { ReactNode } from "react";

type HeartbeatProperties = {
  /** Another number for each answer that it stands for. */
  readonly beat: number;
  readonly isFlat: boolean;
};

/** A line along which a pulse runs once for each answer, and that lies flat otherwise. */
export function Heartbeat({ beat, isFlat }: HeartbeatProperties): ReactNode {
  return (
    <span className={`heartbeat ${isFlat ? "text-stale" : "text-link"}`} aria-hidden="true">
      {!isFlat && (
        <svg
          key={beat}
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
