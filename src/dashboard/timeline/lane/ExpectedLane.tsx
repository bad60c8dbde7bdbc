import { memo, type ReactNode, useCallback, useRef } from "react";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, cssPlace, movingPlace, placeOf } from "../axis/axis.ts";
import type { Expectation } from "./expected.ts";

type ExpectedLaneProperties = {
  readonly expectations: readonly Expectation[];
  readonly axis: Axis;
};

/** Right of now: what is expected, dotted. */
export const ExpectedLane = memo(function ExpectedLane({
  expectations,
  axis,
}: ExpectedLaneProperties): ReactNode {
  return (
    <div className="pointer-events-none absolute inset-0">
      {expectations.map((each) => (
        <Piece key={each.key} expectation={each} axis={axis} />
      ))}
    </div>
  );
});

type PieceProperties = { readonly expectation: Expectation; readonly axis: Axis };

function Piece({ expectation, axis }: PieceProperties): ReactNode {
  const clock = useClock();
  const piece = useRef<HTMLDivElement>(null);
  const { from, to, tone, words } = expectation;
  const move = useCallback(() => {
    if (piece.current !== null) {
      const now = clock.now();
      const start = movingPlace(placeOf(axis, Math.max(from ?? now, now)));
      const end = to === null ? 1 : placeOf(axis, to);
      piece.current.style.left = cssPlace(start);
      piece.current.style.width = cssPlace(end - start);
      piece.current.hidden = end <= start;
    }
  }, [axis, clock, from, to]);
  useTick(move);
  // What goes on beyond the picture is left open there.
  const edges = to !== null && to > axis.to ? "rounded-l-[5px] border-r-0" : "rounded-[5px]";
  return (
    <div
      ref={piece}
      className={`tone-${tone} hatch-forecast absolute inset-y-0 flex flex-wrap overflow-hidden border border-dashed border-edge text-xs text-muted ${edges}`}
    >
      <span className="h-9 w-0" />
      <span className="flex h-9 items-center px-2 whitespace-nowrap">
        <span className="rounded bg-panel px-1.5 py-0.5">{words}</span>
      </span>
    </div>
  );
}
