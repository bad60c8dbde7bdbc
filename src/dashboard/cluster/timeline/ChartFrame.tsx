import {
  type ComponentType,
  lazy,
  memo,
  type ReactNode,
  Suspense,
  useCallback,
  useRef,
} from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { hourAndMinute } from "../../ui/format.ts";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, placeOf } from "./axis.ts";
import type { ChartGap, ChartPicture } from "./chart.ts";
import { chartBottom, chartTop, gutter, trail } from "./geometry.ts";
import type { ProgressChartProperties } from "./ProgressChart.tsx";
import { usePlotSize } from "./usePlotSize.ts";

type DrawnChart = { readonly default: ComponentType<ProgressChartProperties> };

const ProgressChart = lazy(async (): Promise<DrawnChart> => {
  try {
    return await import("./ProgressChart.tsx");
  } catch {
    return { default: ChartMissing };
  }
});

/** In place of a chart whose code could not be fetched, e.g. because a newer version was installed meanwhile. */
function ChartMissing(): ReactNode {
  return (
    <p className="p-6 text-sm text-muted">
      The chart could not be loaded. Reload the page; the table below says the same.
    </p>
  );
}

type ChartFrameProperties = {
  readonly picture: ChartPicture;
  readonly axis: Axis;
  readonly zone: string;
  readonly eta: ClusterStatus["eta"];
};

const usualSize = { width: 900, height: 300 };

/** The progress chart: gaps below, the static chart, and above it what moves by the second. */
export const ChartFrame = memo(function ChartFrame(properties: ChartFrameProperties): ReactNode {
  const { picture, axis, zone, eta } = properties;
  const [frame, size] = usePlotSize<HTMLDivElement>(usualSize);
  const isEmpty = picture.points.length === 0 && picture.edge === null;
  return (
    <div ref={frame} className="relative h-52 sm:h-72" aria-hidden="true">
      <div className="absolute overflow-hidden" style={plotInset}>
        {picture.gaps.map((gap) => (
          <Gap key={gap.from} gap={gap} axis={axis} />
        ))}
      </div>
      <div className="absolute inset-0">
        <Suspense fallback={null}>
          <ProgressChart
            picture={picture}
            axis={axis}
            zone={zone}
            width={size.width}
            height={size.height}
          />
        </Suspense>
      </div>
      <div className="pointer-events-none absolute" style={plotInset}>
        {picture.edge === null ? null : (
          <LiveEdge edge={picture.edge} axis={axis} zone={zone} eta={eta} />
        )}
        {isEmpty ? (
          <p className="absolute inset-0 flex items-center justify-center px-4 text-center text-sm text-muted">
            Nothing was being prepared in this range
          </p>
        ) : null}
      </div>
    </div>
  );
});

const plotInset = { left: gutter, right: trail, top: chartTop, bottom: chartBottom };

const gapClasses = {
  away: "tone-preparing hatch-away opacity-60",
  outage: "hatch-outage opacity-45",
  unobserved: "hatch-unobserved",
} as const satisfies Record<ChartGap["kind"], string>;

function Gap({ gap, axis }: { readonly gap: ChartGap; readonly axis: Axis }): ReactNode {
  const clock = useClock();
  const element = useRef<HTMLDivElement>(null);
  const start = placeOf(axis, gap.from);
  const grow = useCallback(() => {
    if (gap.to === null && element.current !== null) {
      element.current.style.width = percent(placeOf(axis, clock.now()) - start);
    }
  }, [axis, clock, gap.to, start]);
  useTick(grow);
  const end = placeOf(axis, gap.to ?? gap.from);
  return (
    <div
      ref={element}
      className={`absolute inset-y-0 min-w-[3px] ${gapClasses[gap.kind]}`}
      style={{ left: percent(start), width: percent(end - start) }}
    />
  );
}

type LiveEdgeProperties = {
  readonly edge: { readonly at: number; readonly progress: number };
  readonly axis: Axis;
  readonly zone: string;
  readonly eta: ClusterStatus["eta"];
};

/** The line's last level up to the last answer, its dot, and the forecast: moved by their attributes, never redrawn. */
function LiveEdge({ edge, axis, zone, eta }: LiveEdgeProperties): ReactNode {
  const clock = useClock();
  const level = useRef<SVGPathElement>(null);
  const dot = useRef<HTMLDivElement>(null);
  const fan = useRef<SVGPathElement>(null);
  const likely = useRef<SVGPathElement>(null);
  const move = useCallback(() => {
    const now = clock.now();
    const height = 1000 - edge.progress * 10;
    const x = (at: number): number => placeOf(axis, at) * 1000;
    const heard = x(clock.heardAt() ?? edge.at);
    level.current?.setAttribute("d", `M${x(edge.at)} ${height}H${heard}`);
    if (dot.current !== null) {
      dot.current.style.left = `${heard / 10}%`;
    }
    if (eta !== null) {
      // The forecast fans out from now, for left of now there is only what was heard.
      const from = `M${x(Math.max(now, clock.heardAt() ?? now))} ${height}`;
      const [earliest, latest] = [cut(now, eta.earliest), cut(now, eta.latest)];
      fan.current?.setAttribute("d", `${from}L${earliest}L${latest}Z`);
      likely.current?.setAttribute("d", `${from}L${cut(now, eta.likely)}`);
    }
    /** Where a forecast's line meets the top of the chart, or the picture's right edge before it. */
    function cut(begin: number, end: number): string {
      const to = Math.max(end, begin + 1);
      const share = Math.min(1, Math.max(0, (axis.to - begin) / (to - begin)));
      return `${x(Math.min(to, axis.to))} ${height * (1 - share)}`;
    }
  }, [axis, clock, edge, eta]);
  useTick(move);
  return (
    <div className="tone-preparing absolute inset-0">
      <svg
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
        fill="none"
        stroke="var(--tone)"
      >
        <path ref={fan} fill="var(--band)" fillOpacity="0.16" stroke="none" />
        <path
          ref={likely}
          strokeWidth="2"
          strokeDasharray="2 5"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
        <path ref={level} strokeWidth="2" vectorEffect="non-scaling-stroke" />
      </svg>
      <div ref={dot} className="absolute" style={{ top: percent(1 - edge.progress / 100) }}>
        <span className="absolute size-3 -translate-1/2 rounded-full border-2 border-panel bg-tone" />
        <span className="absolute top-2 left-2.5 rounded bg-panel/80 px-1 text-sm font-semibold whitespace-nowrap">
          {Math.floor(edge.progress)} %
        </span>
      </div>
      {eta !== null && eta.likely < axis.to ? (
        <span
          className="absolute top-1 -translate-x-full pr-2 text-xs font-medium whitespace-nowrap text-tone"
          style={{ left: percent(placeOf(axis, eta.likely)) }}
        >
          ≈ {hourAndMinute(eta.likely, zone)}
        </span>
      ) : null}
    </div>
  );
}

function percent(place: number): string {
  return `${(Math.max(0, place) * 100).toFixed(4)}%`;
}
