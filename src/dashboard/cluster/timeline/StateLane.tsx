import { type KeyboardEvent, memo, type ReactNode, useCallback, useRef, useState } from "react";
import type { EpochMs } from "../../../upgrade/status.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, placeOf } from "./axis.ts";
import { type Band, bandDuration, bandName } from "./lane.ts";
import { fillClass } from "./fill.ts";

type StateLaneProperties = {
  readonly bands: readonly Band[];
  readonly axis: Axis;
  readonly zone: string;
  /** Puts the cursor at a moment; null takes it away. */
  readonly onPoint: (at: EpochMs | null) => void;
};

/** The state lane: one tab stop, arrow keys go from band to band. */
export const StateLane = memo(function StateLane({
  bands,
  axis,
  zone,
  onPoint,
}: StateLaneProperties): ReactNode {
  const lane = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const stop = bands.find(({ key }) => key === chosen) ?? bands.at(-1);
  const move = (event: KeyboardEvent): void => {
    const at = bands.findIndex((band) => band === stop);
    const target = targetOf(event.key, at, bands.length);
    const band = target === null ? undefined : bands[target];
    if (target === null || band === undefined) {
      return;
    }
    event.preventDefault();
    setChosen(band.key);
    const buttons = lane.current?.querySelectorAll("button");
    buttons?.item(target).focus();
  };
  return (
    <div
      ref={lane}
      role="group"
      aria-label="States, oldest first; arrow keys go from one to the next"
      className="relative h-9"
    >
      {bands.map((band) => (
        <BandButton
          key={band.key}
          band={band}
          axis={axis}
          zone={zone}
          isStop={band === stop}
          onKeyDown={move}
          onChoose={() => {
            setChosen(band.key);
            onPoint(Math.max(band.from, axis.from));
          }}
          onLeave={() => onPoint(null)}
        />
      ))}
    </div>
  );
});

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(count - 1, at + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

type BandButtonProperties = {
  readonly band: Band;
  readonly axis: Axis;
  readonly zone: string;
  readonly isStop: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onChoose: () => void;
  readonly onLeave: () => void;
};

function BandButton(properties: BandButtonProperties): ReactNode {
  const { band, axis, zone, isStop, onKeyDown, onChoose, onLeave } = properties;
  const clock = useClock();
  const button = useRef<HTMLButtonElement>(null);
  const duration = useRef<HTMLSpanElement>(null);
  const until = useCallback(
    () => (band.fill === "solid" ? (clock.heardAt() ?? clock.now()) : clock.now()),
    [band.fill, clock],
  );
  // The open band grows by its attributes: a second that passes redraws nothing.
  const grow = useCallback(() => {
    const element = button.current;
    if (band.to !== null || element === null) {
      return;
    }
    element.style.width = percent(placeOf(axis, until()) - band.start);
    element.setAttribute("aria-label", bandName(band, until(), clock.now(), zone));
    if (duration.current !== null) {
      duration.current.textContent = bandDuration(band, until());
    }
  }, [axis, band, clock, until, zone]);
  useTick(grow);
  const end = band.to === null ? placeOf(axis, until()) : band.end;
  return (
    <button
      ref={button}
      type="button"
      tabIndex={isStop ? 0 : -1}
      aria-label={bandName(band, until(), clock.now(), zone)}
      title={band.note ?? undefined}
      onKeyDown={onKeyDown}
      onFocus={onChoose}
      onClick={onChoose}
      onBlur={onLeave}
      className={`tone-${band.tone} ${fillClass(band)} absolute inset-y-0 min-w-[3px] overflow-hidden rounded-[5px] text-left text-xs font-semibold focus-visible:z-10`}
      style={{ left: percent(band.start), width: percent(end - band.start) }}
    >
      {/* Words that find no room wrap below the edge and are cut off there. */}
      <span aria-hidden="true" className="flex h-9 flex-wrap overflow-hidden pl-2">
        <span className="h-9 w-0" />
        {band.shape === null ? null : (
          <span className="flex h-9 items-center pr-1.5">
            <Icon shape={band.shape} className="size-3.5" />
          </span>
        )}
        <span className="flex h-9 items-center pr-1.5 whitespace-nowrap">{band.word}</span>
        <span className="flex h-9 items-center pr-2 whitespace-nowrap tabular-nums opacity-90">
          <span ref={duration}>{bandDuration(band, until())}</span>
        </span>
      </span>
    </button>
  );
}

function percent(place: number): string {
  return `${(Math.max(0, place) * 100).toFixed(4)}%`;
}
