import { memo, type ReactNode, useMemo } from "react";
import type { HeardCluster } from "./heardCluster.ts";
import { type LaneSegment, rowLane } from "./rowLane.ts";

type RowLaneViewProperties = {
  readonly cluster: HeardCluster;
  readonly segments: readonly LaneSegment[] | undefined;
  /** Now, as finely as a lane shows moments. */
  readonly laneEnd: number;
  readonly hours: number;
  readonly zone: string;
  readonly isLive: boolean;
};

/** The last hours of one cluster at a glance; its words are for those who don't see it. */
const RowLaneView = memo(function RowLaneView(properties: RowLaneViewProperties): ReactNode {
  const { cluster, segments, laneEnd, hours, zone, isLive } = properties;
  const lane = useMemo(
    () => rowLane(cluster, segments, laneEnd, hours, zone),
    [cluster, segments, laneEnd, hours, zone],
  );
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

export default RowLaneView;
