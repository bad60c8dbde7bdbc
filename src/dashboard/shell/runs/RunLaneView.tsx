import { memo, type ReactNode, useMemo } from "react";
import type { RunSummary } from "../../../contract/runs.ts";
import { runLane } from "./runLane.ts";

/** The states of one upgrade at a glance; its words are for those who don't see it. */
export const RunLaneView = memo(function RunLaneView({
  run,
}: {
  readonly run: Pick<RunSummary, "from" | "to" | "lastHeard" | "states">;
}): ReactNode {
  const lane = useMemo(() => runLane(run), [run]);
  return (
    <span role="img" aria-label={lane.words} className="relative my-1 block h-4">
      {lane.pieces.map(({ key, start, end, className }) => (
        <span
          key={key}
          className={`absolute inset-y-0 min-w-0.5 rounded-[3px] ${className}`}
          style={{ left: `${start * 100}%`, width: `${(end - start) * 100}%` }}
        />
      ))}
    </span>
  );
});
