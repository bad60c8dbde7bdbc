import { type ReactNode, useId } from "react";

import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { LinkSegment } from "../../upgrade/timeline.ts";
import { timeOfDay } from "../ui/format.ts";
import { useClock } from "./liveClock.ts";
import { type Axis, momentAt, cssPlace, placeOf } from "./axis/axis.ts";
import { type Ahead, readingAt } from "./reading.ts";

type CursorProperties = {
  readonly at: EpochMs | null;
  readonly axis: Axis;
  readonly zone: string;
  readonly spans: readonly Span[];
  readonly link: readonly LinkSegment[];
  readonly ahead: Ahead;
  readonly onPoint: (at: EpochMs | null) => void;
};

const keyboardSteps = 200;

/**
 * One cursor through lanes and chart. By pointer it follows the mouse or the finger; by keyboard it is a slider over
 * the same axis, whose value reads what was heard at that moment.
 */
export function Cursor({
  at,
  axis,
  zone,
  spans,
  link,
  ahead,
  onPoint,
}: CursorProperties): ReactNode {
  const clock = useClock();
  const hint = useId();
  const moment = Math.min(Math.max(at ?? clock.now(), axis.from), axis.to);
  const reading = readingAt(spans, link, moment, clock.heardAt(), ahead);
  const place = placeOf(axis, moment);
  const time = timeOfDay(moment, zone);
  return (
    <>
      <input
        type="range"
        aria-label="Moment on the timeline"
        aria-describedby={hint}
        aria-valuetext={`${time}, ${reading.title}, ${reading.note}`}
        className="peer pointer-events-none absolute inset-x-0 bottom-0 h-6 w-full opacity-0"
        min={0}
        max={keyboardSteps}
        step={1}
        value={Math.round(place * keyboardSteps)}
        onChange={(event) => onPoint(momentAt(axis, event.target.valueAsNumber / keyboardSteps))}
        onFocus={() => onPoint(moment)}
        onBlur={() => onPoint(null)}
      />
      <span id={hint} hidden>
        Arrow keys move the cursor through state, link and progress.
      </span>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute -inset-x-1 top-5 bottom-0 rounded-md peer-focus-visible:outline-2 peer-focus-visible:outline-focus"
      />
      {at === null || at < axis.from || at > axis.to ? null : (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute top-6 bottom-[26px] z-20 w-px bg-text/70"
          style={{ left: cssPlace(place) }}
        >
          <div
            className={`absolute bottom-1 w-max max-w-60 rounded-md border border-control bg-panel px-2.5 py-1.5 text-xs shadow-lg ${place > 0.6 ? "right-2" : "left-2"}`}
          >
            <div className="font-mono text-muted">{time}</div>
            <div className="font-semibold">{reading.title}</div>
            <div className="text-muted">{reading.note}</div>
          </div>
        </div>
      )}
    </>
  );
}
