import { memo, type ReactNode } from "react";
import type { RowLane } from "./rowLane.ts";

/** The last hours of one cluster at a glance; its words are for those who don't see it. */
export const RowLaneView = memo(function RowLaneView({
  lane,
  isLive,
}: {
  readonly lane: RowLane;
  readonly isLive: boolean;
}): ReactNode {
  return (
    <span
      role="img"
      aria-label={lane.words}
      data-live={isLive ? undefined : "false"}
      className="relative my-1 block h-4"
    >
      {lane.pieces.map(({ key, start, end, className, isThin }) => (
        <span
          key={key}
          className={`absolute ${isThin ? "inset-y-1" : "inset-y-0"} min-w-0.5 rounded-[3px] ${className}`}
          style={{ left: `${start * 100}%`, width: `${(end - start) * 100}%` }}
        />
      ))}
    </span>
  );
});
