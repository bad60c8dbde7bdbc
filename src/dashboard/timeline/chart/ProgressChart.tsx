import { memo, type ReactElement, type ReactNode, useMemo } from "react";
import { Area, CartesianGrid, ComposedChart, ReferenceDot, XAxis, YAxis } from "recharts";
import type { Axis } from "../axis/axis.ts";
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

const margin = { top: chartTop, right: trail, bottom: 0, left: 0 };
const percents = [0, 25, 50, 75, 100];
const percentDomain: [number, number] = [0, 100];
const tickText = { fill: "var(--color-muted)", fontSize: 12 };
const axisLine = { stroke: "var(--color-line)" };
const percentText = (percent: number): string => `${percent} %`;

/** The progress of preparations as a step line. It is static: what moves by the second is drawn over it. */
export const ProgressChart = memo(function ProgressChart({
  picture,
  axis,
  zone,
  width,
  height,
}: ProgressChartProperties): ReactNode {
  const domain = useMemo((): [number, number] => [axis.from, axis.to], [axis]);
  const ticks = useMemo(() => [...axis.ticks], [axis]);
  const data = useMemo(() => [...picture.points], [picture]);
  const label = useMemo(() => (at: number) => tickLabel(at, axis.tickMs, zone), [axis, zone]);
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
          y2={height - chartBottom}
        >
          <stop offset="0" stopColor="var(--band-preparing)" stopOpacity="0.42" />
          <stop offset="1" stopColor="var(--band-preparing)" stopOpacity="0.06" />
        </linearGradient>
      </defs>
      <CartesianGrid stroke="var(--color-line)" strokeOpacity={0.75} />
      <XAxis
        type="number"
        dataKey="at"
        domain={domain}
        ticks={ticks}
        interval={0}
        height={chartBottom}
        tickFormatter={label}
        tick={tickText}
        tickLine={false}
        axisLine={axisLine}
        allowDataOverflow
      />
      <YAxis
        type="number"
        domain={percentDomain}
        ticks={percents}
        interval={0}
        width={gutter}
        tickFormatter={percentText}
        tick={tickText}
        tickLine={false}
        axisLine={false}
      />
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
      />
      {picture.falls.map(({ at, progress }) => (
        <ReferenceDot key={at} x={at} y={progress} r={0} shape={FallMark} />
      ))}
    </ComposedChart>
  );
});

/** Marks where the percent fell: a word and an arrow, not only a colour. */
function FallMark({
  cx = 0,
  cy = 0,
}: {
  readonly cx?: number;
  readonly cy?: number;
}): ReactElement<SVGElement> {
  return (
    <g stroke="var(--color-act)" fill="var(--color-act)">
      <path d={`M${cx} ${cy - 26}v14`} strokeWidth="2" />
      <path d={`M${cx - 5} ${cy - 13}h10l-5 9z`} stroke="none" />
      <text x={cx + 8} y={cy - 16} fontSize="11" stroke="none">
        fell
      </text>
    </g>
  );
}
