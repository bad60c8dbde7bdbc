import { type ReactNode, useCallback, useRef } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { hourAndMinute } from "../../ui/format.ts";
import { useTick } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, cssPlace, movingPlace, placeOf } from "../axis/axis.ts";

type LiveEdgeProperties = {
  readonly edge: { readonly at: number; readonly progress: number };
  readonly axis: Axis;
  readonly zone: string;
  readonly eta: ClusterStatus["eta"];
};

/** The line's last level up to the last answer, its dot, and the forecast: moved by their attributes, never redrawn. */
export function LiveEdge({ edge, axis, zone, eta }: LiveEdgeProperties): ReactNode {
  const clock = useClock();
  const level = useRef<SVGPathElement>(null);
  const dot = useRef<HTMLDivElement>(null);
  const area = useRef<SVGPathElement>(null);
  const fan = useRef<SVGPathElement>(null);
  const likely = useRef<SVGPathElement>(null);
  const move = useCallback(() => {
    const now = clock.now();
    const height = 1000 - edge.progress * 10;
    const x = (at: number): number => movingPlace(placeOf(axis, at)) * 1000;
    const heard = x(clock.heardAt() ?? edge.at);
    draw(level.current, `M${x(edge.at)} ${height}H${heard}`);
    draw(area.current, `M${x(edge.at)} ${height}H${heard}V1000H${x(edge.at)}Z`);
    if (dot.current !== null) {
      dot.current.style.left = `${heard / 10}%`;
      const side = heard > 850 ? "left" : "right";
      if (dot.current.dataset["side"] !== side) {
        dot.current.dataset["side"] = side;
      }
    }
    if (eta === null) {
      // A forecast that was withdrawn leaves nothing behind.
      fan.current?.removeAttribute("d");
      likely.current?.removeAttribute("d");
    } else {
      // The forecast fans out from now, for left of now there is only what was heard.
      const from = `M${x(Math.max(now, clock.heardAt() ?? now))} ${height}`;
      const [earliest, latest] = [cut(now, eta.earliest), cut(now, eta.latest)];
      // Where the picture ends before the latest time, its corner belongs to the fan.
      const corner = eta.earliest < axis.to && eta.latest > axis.to ? "L1000 0" : "";
      draw(fan.current, `${from}L${earliest}${corner}L${latest}Z`);
      draw(likely.current, `${from}L${cut(now, eta.likely)}`);
    }
    /** Where a forecast's line meets the top of the chart, or the picture's right edge before it. */
    function cut(begin: number, end: number): string {
      const to = Math.max(end, begin + 1);
      const share = Math.min(1, Math.max(0, (axis.to - begin) / (to - begin)));
      return `${x(Math.min(to, axis.to))} ${Math.round(height * (1 - share))}`;
    }
  }, [axis, clock, edge, eta]);
  useTick(move);
  // Close to now the time would lie over the percent; the headline tells it anyway.
  const hasRoom =
    eta !== null &&
    eta.likely < axis.to &&
    placeOf(axis, eta.likely) - placeOf(axis, clock.now()) > 0.08;
  // Below the line there is no room for the percent down here, only the times.
  const isLow = edge.progress < 12;
  return (
    <div className="tone-preparing absolute inset-0">
      <svg
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
        fill="none"
        stroke="var(--tone)"
      >
        <defs>
          <linearGradient
            id="progress-edge-fill"
            gradientUnits="userSpaceOnUse"
            x1="0"
            y1="0"
            x2="0"
            y2="1000"
          >
            <stop offset="0" stopColor="var(--band-preparing)" stopOpacity="0.42" />
            <stop offset="1" stopColor="var(--band-preparing)" stopOpacity="0.06" />
          </linearGradient>
        </defs>
        <path ref={area} fill="url(#progress-edge-fill)" stroke="none" />
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
      <div ref={dot} className="group absolute" style={{ top: cssPlace(1 - edge.progress / 100) }}>
        <span className="absolute size-3 -translate-1/2 rounded-full border-2 border-panel bg-tone" />
        <span
          className={`absolute left-2.5 rounded bg-panel/80 px-1 text-sm font-semibold whitespace-nowrap group-data-[side=left]:top-auto group-data-[side=left]:right-2.5 group-data-[side=left]:bottom-2 group-data-[side=left]:left-auto ${isLow ? "bottom-2" : "top-2"}`}
        >
          {Math.floor(edge.progress)} %
        </span>
      </div>
      {eta !== null && hasRoom ? (
        <span
          className="absolute -top-5 -translate-x-1/2 text-xs font-medium whitespace-nowrap text-tone"
          style={{ left: cssPlace(placeOf(axis, eta.likely)) }}
        >
          ≈ {hourAndMinute(eta.likely, zone)}
        </span>
      ) : null}
    </div>
  );
}

/** A path that is where it was is left alone: the browser would paint it anew. */
function draw(path: SVGPathElement | null, course: string): void {
  if (path?.getAttribute("d") !== course) {
    path?.setAttribute("d", course);
  }
}
