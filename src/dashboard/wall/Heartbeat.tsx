import type { ReactNode } from "react";

type HeartbeatProperties = {
  /** Another number for each answer that it stands for. */
  readonly beat: number;
  readonly isFlat: boolean;
};

/** A line that a pulse runs through once for each answer, and that lies flat otherwise. */
export function Heartbeat({ beat, isFlat }: HeartbeatProperties): ReactNode {
  return (
    <svg
      viewBox="0 0 120 24"
      className={`h-[0.9em] w-[4.5em] ${isFlat ? "text-stale" : "text-link"}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M0 12h120" opacity="0.55" />
      {!isFlat && (
        <path
          key={beat}
          className="heartbeat-pulse"
          strokeWidth="2.6"
          d="M0 12h32l4-8 6 16 4-8h20l4-8 6 16 4-8h40"
        />
      )}
    </svg>
  );
}
