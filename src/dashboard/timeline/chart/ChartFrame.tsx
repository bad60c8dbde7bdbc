import { memo, type ReactNode, useCallback, useRef } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { paperWidth, usePrinting } from "../../ui/printing.ts";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, cssPlace, movingPlace, placeOf } from "../axis/axis.ts";
import type { ChartGap, ChartPicture } from "./chart.ts";
import { chartBottom, chartTop, gutter, trail } from "../axis/geometry.ts";
import { ProgressChart } from "./ProgressChart.tsx";
import { LiveEdge } from "./LiveEdge.tsx";
import { useSize } from "../../ui/useSize.ts";

type ChartFrameProperties = {
  readonly picture: ChartPicture;
  /** Why there is nothing to draw it from; null if there is. */
  readonly missing: string | null;
  readonly axis: Axis;
  readonly zone: string;
  readonly eta: ClusterStatus["eta"];
};

/** As high as `h-60`. */
const paperSize = { width: paperWidth, height: 240 };
const usualSize = { width: 900, height: 300 };

/** The progress chart: gaps below, the static chart, and above it what moves by the second. */
export const ChartFrame = memo(function ChartFrame(properties: ChartFrameProperties): ReactNode {
  const { picture, missing, axis, zone, eta } = properties;
  const [frame, measured = usualSize] = useSize<HTMLDivElement>();
  const size = usePrinting() ? paperSize : measured;
  const isEmpty = picture.points.length === 0 && picture.edge === null;
  return (
    <div
      ref={frame}
      className={`relative ${isEmpty && missing === null ? "h-24" : "h-52 sm:h-72 print:h-60"}`}
      aria-hidden="true"
    >
      <div className="absolute isolate overflow-hidden" style={plotInset}>
        {picture.gaps.map((gap) => (
          <Gap key={gap.from} gap={gap} axis={axis} />
        ))}
      </div>
      <div className="absolute inset-0 isolate">
        <ProgressChart
          picture={picture}
          axis={axis}
          zone={zone}
          width={size.width}
          height={size.height}
        />
      </div>
      <div className="pointer-events-none absolute" style={plotInset}>
        {picture.edge === null ? null : (
          <LiveEdge edge={picture.edge} axis={axis} zone={zone} eta={eta} />
        )}
        {isEmpty ? (
          <p className="absolute inset-0 flex items-center justify-center px-4 text-center text-sm text-muted">
            {missing ?? "No preparation was heard in this range"}
          </p>
        ) : null}
      </div>
    </div>
  );
});

const plotInset = { left: gutter, right: trail, top: chartTop, bottom: chartBottom };

const gapClasses = {
  away: "tone-preparing hatch-away opacity-60",
  outage: "hatch-outage opacity-45 [--color-act:var(--alarm)] [--tint-act:var(--alarm-tint)]",
  unobserved: "hatch-unobserved",
} as const satisfies Record<ChartGap["kind"], string>;

type GapProperties = { readonly gap: ChartGap; readonly axis: Axis };

/** One gap. Of a day there may be a hundred that are over: those neither tick nor are drawn anew. */
const Gap = memo(function Gap({ gap, axis }: GapProperties): ReactNode {
  return gap.to === null ? (
    <OpenGap gap={gap} axis={axis} />
  ) : (
    <div className={gapClass(gap)} style={stretch(axis, gap.from, gap.to)} />
  );
});

function OpenGap({ gap, axis }: GapProperties): ReactNode {
  const clock = useClock();
  const element = useRef<HTMLDivElement>(null);
  const { from } = gap;
  const grow = useCallback(() => {
    if (element.current !== null) {
      const end = movingPlace(placeOf(axis, clock.knownUntil()));
      element.current.style.width = cssPlace(end - placeOf(axis, from));
    }
  }, [axis, clock, from]);
  useTick(grow);
  return <div ref={element} className={gapClass(gap)} style={stretch(axis, from, from)} />;
}

function gapClass({ kind }: ChartGap): string {
  return `absolute inset-y-0 min-w-[3px] ${gapClasses[kind]}`;
}

function stretch(axis: Axis, from: EpochMs, to: EpochMs) {
  const start = placeOf(axis, from);
  return { left: cssPlace(start), width: cssPlace(placeOf(axis, to) - start) };
}
