import { memo, type ReactNode, useMemo } from "react";
import { Area, CartesianGrid, ComposedChart, XAxis, YAxis } from "recharts";
import { type Axis, placeOf, ticksOn } from "../axis/axis.ts";
import { chartBottom, chartTop, gutter, trail } from "../axis/geometry.ts";
import type { ChartPicture } from "./chart.ts";
import { tickLabel } from "./tickLabel.ts";

/** What the chart is drawn from; it is drawn again only when one of these changes. */
export type ProgressChartProperties = {
  readonly picture: Pick<ChartPicture, "points" | "falls">;
  readonly axis: Axis;
  readonly zone: string;
  readonly width: number;
  readonly height: number;
};

const margin = { top: chartTop, right: trail, bottom: chartBottom, left: gutter };
const tickPixels = 86;
const percents = [0, 25, 50, 75, 100];
const percentDomain: [number, number] = [0, 100];

/**
 * The progress of preparations as a step line. It is static: what moves by the second is drawn over it.
 *
 * Recharts draws what it can draw in one go. Its own texts are measured one by one, for each of which the browser lays out
 * the whole page, and what it stacks by itself comes a few drawings later.
 */
export const ProgressChart = memo(function ProgressChart({
  picture,
  axis,
  zone,
  width,
  height,
}: ProgressChartProperties): ReactNode {
  const domain = useMemo((): [number, number] => [axis.from, axis.to], [axis]);
  const data = useMemo(() => [...picture.points], [picture]);
  const plotWidth = width - gutter - trail;
  const bottom = height - chartBottom;
  const x = (at: number): number => gutter + placeOf(axis, at) * plotWidth;
  const y = (percent: number): number => bottom - (percent / 100) * (bottom - chartTop);
  const mostTicks = Math.floor(plotWidth / tickPixels);
  const { ticks, tickMs } = useMemo(() => ticksOn(axis, zone, mostTicks), [axis, zone, mostTicks]);
  return (
    // The outermost times stand out over the edge of the drawing, hence the visible overflow.
    <ComposedChart
      width={width}
      height={height}
      data={data}
      margin={margin}
      accessibilityLayer={false}
      className="[&_svg]:overflow-visible"
    >
      <defs>
        <linearGradient
          id="progress-fill"
          gradientUnits="userSpaceOnUse"
          x1="0"
          y1={chartTop}
          x2="0"
          y2={bottom}
        >
          <stop offset="0" stopColor="var(--band-preparing)" stopOpacity="0.42" />
          <stop offset="1" stopColor="var(--band-preparing)" stopOpacity="0.06" />
        </linearGradient>
      </defs>
      <CartesianGrid
        stroke="var(--color-line)"
        strokeOpacity={0.75}
        verticalPoints={ticks.map(x)}
        horizontalPoints={percents.map(y)}
        zIndex={0}
      />
      <XAxis hide type="number" dataKey="at" domain={domain} niceTicks="none" allowDataOverflow />
      <YAxis hide type="number" domain={percentDomain} niceTicks="none" />
      <Area
        type="stepAfter"
        dataKey="progress"
        stroke="var(--color-preparing)"
        strokeWidth={2}
        fill="url(#progress-fill)"
        fillOpacity={1}
        connectNulls={false}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
        zIndex={0}
      />
      <line x1={gutter} x2={width - trail} y1={bottom} y2={bottom} stroke="var(--color-line)" />
      <g fill="var(--color-muted)" fontSize="12" textAnchor="middle">
        {ticks.map((at) => (
          <text key={at} x={x(at)} y={bottom + 8} dy="0.71em">
            {tickLabel(at, tickMs, zone)}
          </text>
        ))}
      </g>
      <g fill="var(--color-muted)" fontSize="12" textAnchor="end">
        {percents.map((percent) => (
          <text key={percent} x={gutter - 8} y={y(percent)} dy="0.355em">
            {percent} %
          </text>
        ))}
      </g>
      {picture.falls.map(({ at, progress }) => (
        <FallMark key={at} x={x(at)} y={y(progress)} />
      ))}
    </ComposedChart>
  );
});

/** Marks where the percent fell: a word and an arrow, not only a colour. */
function FallMark({ x, y }: { readonly x: number; readonly y: number }): ReactNode {
  return (
    <g stroke="var(--color-act)" fill="var(--color-act)">
      <path d={`M${x} ${y - 26}v14`} strokeWidth="2" />
      <path d={`M${x - 5} ${y - 13}h10l-5 9z`} stroke="none" />
      <text x={x + 8} y={y - 16} fontSize="11" stroke="none">
        fell
      </text>
    </g>
  );
}
