import { memo, type ReactNode, useCallback, useRef } from "react";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, cssPlace, movingPlace, placeOf } from "../axis/axis.ts";
import { fillClass } from "../../shell/bandFill.ts";
import { type Band, bandUntil } from "./lane.ts";

type LinkLaneProperties = { readonly bands: readonly Band[]; readonly axis: Axis };

/** The link lane: whether anybody answered. It is drawn only; the table below the chart tells the same. */
export const LinkLane = memo(function LinkLane({ bands, axis }: LinkLaneProperties): ReactNode {
  return (
    <div className="relative isolate h-3.5" aria-hidden="true">
      {bands.map((band) => (
        <Piece key={band.key} band={band} axis={axis} />
      ))}
    </div>
  );
});

type PieceProperties = { readonly band: Band; readonly axis: Axis };

/** One piece. Of a day there may be hundreds that are over: those do not tick. */
function Piece({ band, axis }: PieceProperties): ReactNode {
  return band.to === null ? (
    <OpenPiece band={band} axis={axis} />
  ) : (
    <div {...looks(band)} style={stretch(band)} />
  );
}

function OpenPiece({ band, axis }: PieceProperties): ReactNode {
  const clock = useClock();
  const piece = useRef<HTMLDivElement>(null);
  const grow = useCallback(() => {
    if (piece.current !== null) {
      piece.current.style.width = cssPlace(
        movingPlace(placeOf(axis, bandUntil(band, clock))) - band.start,
      );
    }
  }, [axis, band, clock]);
  useTick(grow);
  return <div ref={piece} {...looks(band)} style={stretch(band)} />;
}

function looks(band: Band) {
  return {
    title: band.note === null ? band.word : `${band.word}: ${band.note}`,
    className: `tone-${band.tone} ${fillClass(band)} absolute inset-y-0 min-w-[2px] rounded-[3px]`,
  };
}

function stretch({ start, end }: Band) {
  return { left: cssPlace(start), width: cssPlace(end - start) };
}
