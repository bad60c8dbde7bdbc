import { type KeyboardEvent, type ReactNode, useCallback, useRef } from "react";
import { Icon } from "../../ui/Icon.tsx";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, cssPlace, movingPlace, placeOf } from "../axis/axis.ts";
import type { Fill } from "../../shell/bandFace.ts";
import { fillClass } from "../../shell/bandFill.ts";
import { type Band, bandDuration, bandName, bandUntil } from "./lane.ts";

type BandButtonProperties = {
  readonly band: Band;
  readonly axis: Axis;
  readonly zone: string;
  /** Whether the picture is fresh. */
  readonly live: boolean;
  readonly isStop: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onChoose: () => void;
  readonly onLeave: () => void;
};

/** One band: a button, so that a finger or a key can put the cursor at its start. */
export function BandButton(properties: BandButtonProperties): ReactNode {
  const { band, axis, zone, live, isStop, onKeyDown, onChoose, onLeave } = properties;
  const clock = useClock();
  const button = useRef<HTMLButtonElement>(null);
  const duration = useRef<HTMLSpanElement>(null);
  const until = useCallback(() => bandUntil(band, clock), [band, clock]);
  // The open band grows by its attributes: a second that passes redraws nothing.
  const grow = useCallback(() => {
    const element = button.current;
    if (band.to !== null || element === null) {
      return;
    }
    element.style.width = cssPlace(movingPlace(placeOf(axis, until())) - band.start);
    element.setAttribute("aria-label", bandName(band, until(), clock.now(), zone, live));
    // The text is changed in its place: for another one the browser works out styles and boxes anew.
    const text = duration.current?.firstChild ?? null;
    if (text !== null) {
      text.nodeValue = bandDuration(band, until());
    }
  }, [axis, band, clock, live, until, zone]);
  useTick(grow);
  const end = band.to === null ? movingPlace(placeOf(axis, until())) : band.end;
  return (
    <button
      ref={button}
      type="button"
      tabIndex={isStop ? 0 : -1}
      aria-label={bandName(band, until(), clock.now(), zone, live)}
      title={band.note ?? undefined}
      onKeyDown={onKeyDown}
      onFocus={onChoose}
      onClick={onChoose}
      onBlur={onLeave}
      className={`tone-${band.tone} ${fillClass(band)} absolute inset-y-0 min-w-[3px] overflow-hidden contain-strict rounded-[5px] text-left text-xs font-semibold focus-visible:z-10`}
      style={{ left: cssPlace(band.start), width: cssPlace(end - band.start) }}
    >
      {/* Words that find no room wrap below the edge and are cut off there. */}
      <span aria-hidden="true" className="flex h-9 flex-wrap overflow-hidden pl-1">
        <span className="h-9 w-0" />
        {band.label === "" ? null : (
          <>
            {" "}
            {band.shape === null ? null : (
              <Item fill={band.fill}>
                <Icon shape={band.shape} className="size-3.5" />
              </Item>
            )}
            <Item fill={band.fill}>{band.label}</Item>
            <Item fill={band.fill}>
              <span ref={duration} className="tabular-nums">
                {bandDuration(band, until())}
              </span>
            </Item>
          </>
        )}{" "}
      </span>
    </button>
  );
}

/** A part of the label, on a ground of its own where the band is hatched. */
function Item({
  fill,
  children,
}: {
  readonly fill: Fill;
  readonly children: ReactNode;
}): ReactNode {
  const ground = fill === "solid" ? "in-data-[live=false]:bg-panel/90" : "bg-panel/90";
  return (
    <span className="flex h-9 items-center whitespace-nowrap">
      <span className={`flex h-5 items-center px-1 ${ground}`}>{children}</span>
    </span>
  );
}
