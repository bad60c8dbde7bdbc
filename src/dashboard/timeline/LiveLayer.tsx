import { memo, type ReactNode, useCallback, useRef } from "react";
import { useTick } from "../ui/ticker.ts";
import { useClock } from "./liveClock.ts";
import { type Axis, cssPlace, movingPlace, placeOf } from "./axis/axis.ts";

type LiveLayerProperties = {
  readonly axis: Axis;
  /** Whether the newest poll was answered; otherwise a hatched band of its own tells of the silence. */
  readonly isAnswered: boolean;
};

/** What moves over all lanes at once: the line of now, and the hatched wedge between the last answer and now. */
export const LiveLayer = memo(function LiveLayer({
  axis,
  isAnswered,
}: LiveLayerProperties): ReactNode {
  const clock = useClock();
  const line = useRef<HTMLDivElement>(null);
  const wedge = useRef<HTMLDivElement>(null);
  const move = useCallback(() => {
    const now = clock.now();
    const place = movingPlace(placeOf(axis, now));
    const known = isAnswered ? (clock.heardAt() ?? now) : clock.knownUntil();
    const end = movingPlace(placeOf(axis, known));
    if (line.current !== null) {
      line.current.style.left = cssPlace(place);
      line.current.hidden = now > axis.to;
    }
    if (wedge.current !== null) {
      wedge.current.style.left = cssPlace(end);
      wedge.current.style.width = cssPlace(place - end);
    }
  }, [axis, clock, isAnswered]);
  useTick(move);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0">
      <div ref={wedge} className="hatch-stale absolute top-6 bottom-6 opacity-80" />
      <div ref={line} className="absolute top-0 bottom-6">
        <span className="absolute left-0 -translate-x-1/2 rounded-full bg-[var(--now)] px-2.5 py-0.5 text-[11px] leading-4 font-semibold whitespace-nowrap text-[var(--now-text)]">
          now
        </span>
        <span className="absolute top-5 bottom-0 left-0 w-[1.5px] -translate-x-1/2 bg-[var(--now)]" />
      </div>
    </div>
  );
});
