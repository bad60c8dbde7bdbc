import { memo, type ReactNode, useCallback, useRef } from "react";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, cssPlace, placeOf } from "../axis/axis.ts";
import { fillClass } from "../../shell/bandFill.ts";
import { type Band, bandUntil } from "./lane.ts";

type LinkLaneProperties = { readonly bands: readonly Band[]; readonly axis: Axis };

/** The link lane: whether anybody answered. It is drawn only; the table below the chart tells the same. */
export const LinkLane = memo(function LinkLane({ bands, axis }: LinkLaneProperties): ReactNode {
  return (
    <div className="relative h-3.5" aria-hidden="true">
      {bands.map((band) => (
        <Piece key={band.key} band={band} axis={axis} />
      ))}
    </div>
  );
});

function Piece({ band, axis }: { readonly band: Band; readonly axis: Axis }): ReactNode {
  const clock = useClock();
  const piece = useRef<HTMLDivElement>(null);
  const grow = useCallback(() => {
    if (band.to === null && piece.current !== null) {
      piece.current.style.width = cssPlace(placeOf(axis, bandUntil(band, clock)) - band.start);
    }
  }, [axis, band, clock]);
  useTick(grow);
  return (
    <div
      ref={piece}
      title={band.note === null ? band.word : `${band.word}: ${band.note}`}
      className={`tone-${band.tone} ${fillClass(band)} absolute inset-y-0 min-w-[2px] rounded-[3px]`}
      style={{ left: cssPlace(band.start), width: cssPlace(band.end - band.start) }}
    />
  );
}
