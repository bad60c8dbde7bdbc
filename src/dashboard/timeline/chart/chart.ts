/** What the progress chart draws: the step line reduced to what pixels can show, its gaps and its falls. */
import { reducedSteps, type StepPoint } from "../../../upgrade/comparison/stepLine.ts";
import type { ProgressPoint } from "../../../upgrade/progress.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import type { LinkSegment } from "../../../upgrade/timeline.ts";
import type { Axis } from "../axis/axis.ts";

/** A point of the drawn step line. */
export type ChartPoint = StepPoint;

/** A time in which the line is broken. */
export type ChartGap = {
  readonly kind: "away" | "outage" | "unobserved";
  readonly from: EpochMs;
  /** Null where it still lasts. */
  readonly to: EpochMs | null;
};

/** The static part of the chart: it changes when a percent was heard, not with every second. */
export type ChartPicture = {
  readonly points: readonly ChartPoint[];
  readonly gaps: readonly ChartGap[];
  readonly falls: readonly { readonly at: EpochMs; readonly progress: number }[];
  /** Where the line goes on by the second, drawn apart; null while nothing is being prepared. */
  readonly edge: { readonly at: EpochMs; readonly progress: number } | null;
};

/** So many columns show all that a screen can; fewer points than that are left alone. */
const columns = 600;

/**
 * Reduces a progress series to an axis.
 *
 * @param preparing whether the newest answer is of a preparation, so that the line's end moves on
 */
export function chartPicture(
  series: readonly ProgressPoint[],
  link: readonly LinkSegment[],
  axis: Axis,
  preparing: boolean,
): ChartPicture {
  const within = clipped(series, axis);
  const last = series.at(-1);
  const edge =
    preparing && last !== undefined && last.progress !== null
      ? { at: startOfLevel(series), progress: last.progress }
      : null;
  return {
    points: reduced(edge === null ? within : untilLevel(within, edge.at), axis),
    gaps: gapsOf(series, link, axis),
    falls: within.flatMap(({ at, progress, fell }) =>
      fell && progress !== null ? [{ at, progress }] : [],
    ),
    edge,
  };
}

/** The points on an axis, with the level that held at its start carried in. */
function clipped(series: readonly ProgressPoint[], axis: Axis): readonly ProgressPoint[] {
  const first = series.findIndex(({ at }) => at >= axis.from);
  const from = first === -1 ? series.length : first;
  const carried = series[from - 1];
  const within = series.slice(from).filter(({ at }) => at <= axis.to);
  return carried === undefined || carried.progress === null
    ? within
    : [{ at: axis.from, progress: carried.progress, fell: false }, ...within];
}

/** The points up to where the newest percent was first heard; from there on the line is drawn by the second. */
function untilLevel(points: readonly ProgressPoint[], at: EpochMs): readonly ProgressPoint[] {
  return points.filter((point) => point.at <= at);
}

/** Since when the newest percent holds. */
function startOfLevel(series: readonly ProgressPoint[]): EpochMs {
  const last = series.at(-1);
  let start = last?.at ?? 0;
  for (const point of series.toReversed()) {
    if (point.progress !== last?.progress) {
      break;
    }
    start = point.at;
  }
  return start;
}

/** As the screen can show them. */
function reduced(points: readonly ProgressPoint[], axis: Axis): readonly ChartPoint[] {
  const plain = points.map(({ at, progress }) => ({ at, progress }));
  return plain.length <= columns ? plain : reducedSteps(plain, axis, columns);
}

/** The silences that broke a line: those that begin where it breaks off. */
function gapsOf(
  series: readonly ProgressPoint[],
  link: readonly LinkSegment[],
  axis: Axis,
): readonly ChartGap[] {
  const breaks = new Set(series.filter(({ progress }) => progress === null).map(({ at }) => at));
  const gaps: ChartGap[] = [];
  let broken = false;
  for (const { kind, from, to, open } of link) {
    // One silence may be of several kinds in a row; all of it hatches the chart.
    broken = kind !== "answering" && (broken || breaks.has(from));
    if (broken && kind !== "answering" && to >= axis.from && from <= axis.to) {
      gaps.push({ kind, from, to: open ? null : to });
    }
  }
  return gaps;
}
