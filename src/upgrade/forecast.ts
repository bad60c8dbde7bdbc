import { dayMs, durationWords, secondMs } from "./duration.ts";
import { progressSeries } from "./progress.ts";
import type { Span } from "./span.ts";
import type { EpochMs } from "./status.ts";

/** When the preparation should be complete: a range, and what it rests on. */
export type Forecast = {
  readonly earliest: EpochMs;
  readonly likely: EpochMs;
  readonly latest: EpochMs;
  readonly basis: string;
};

/** Below so many heard steps of progress, or so short a time, a forecast would be a guess. */
const fewestSteps = 5;
const shortestBasisMs = 20 * secondMs;
/** Standard deviations to either side: nine in ten. */
const spread = 1.645;
/** Even a perfectly even pace may change: at least this share of the remaining time to either side. */
const smallestShare = 0.08;
/** Beyond this a range says nothing to anybody. */
const longestAheadMs = 30 * dayMs;

/**
 * When PREPARING should reach 100 %, from the pace of the present preparation alone; null where it would be a guess.
 *
 * It stands as of the last change of the percent, so it does not creep along with the clock: when its latest time has
 * passed without the end, it was wrong, and the caller withdraws it.
 *
 * @param spans the spans of the present run, oldest first
 */
export function forecastPreparing(spans: readonly Span[]): Forecast | null {
  const newest = spans.findLast((span) => span.kind === "status");
  if (newest?.status.state !== "UPGRADE_STATE_PREPARING") {
    return null;
  }
  const points = risingPoints(spans);
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length <= fewestSteps) {
    return null;
  }
  const heardMs = last.at - first.at;
  const gained = last.progress - first.progress;
  const left = 100 - last.progress;
  if (heardMs < shortestBasisMs || gained <= 0 || left <= 0) {
    return null;
  }
  const overallPace = heardMs / gained;
  const recentPace = paceOfLastThird(points) ?? overallPace;
  const paces = stepPaces(points);
  const deviation = standardDeviation(paces);
  // The remaining time may go like the whole so far or like its last third: both lie within the range.
  const likelyMs = (left * (overallPace + recentPace)) / 2;
  const disagreementMs = (left * Math.abs(recentPace - overallPace)) / 2;
  const noiseMs = spread * deviation * Math.sqrt(left) * Math.sqrt(1 + left / paces.length);
  const marginMs = Math.max(likelyMs * smallestShare, disagreementMs + noiseMs);
  if (likelyMs + marginMs > longestAheadMs) {
    return null;
  }
  const gainedWords = `${Math.floor(gained)} % in ${durationWords(heardMs)}`;
  return {
    earliest: Math.round(last.at + Math.max(likelyMs * 0.3, likelyMs - marginMs)),
    likely: Math.round(last.at + likelyMs),
    latest: Math.round(last.at + likelyMs + marginMs),
    basis: `the pace of this run: ${gainedWords}`,
  };
}

type HeardPoint = { readonly at: EpochMs; readonly progress: number };

/** Where the percent rose, since it last fell: a fall starts the pace afresh. */
function risingPoints(spans: readonly Span[]): readonly HeardPoint[] {
  const points: HeardPoint[] = [];
  for (const { at, progress, fell } of progressSeries(spans)) {
    if (progress === null) {
      continue;
    }
    if (fell) {
      points.length = 0;
    }
    if (progress > (points.at(-1)?.progress ?? -1)) {
      points.push({ at, progress });
    }
  }
  return points;
}

/** Milliseconds per percent, from each heard point to the next. */
function stepPaces(points: readonly HeardPoint[]): readonly number[] {
  return points.slice(1).flatMap((point, index) => {
    const before = points[index];
    return before === undefined
      ? []
      : [(point.at - before.at) / (point.progress - before.progress)];
  });
}

function paceOfLastThird(points: readonly HeardPoint[]): number | null {
  const start = points[Math.floor((points.length * 2) / 3)];
  const last = points.at(-1);
  if (start === undefined || last === undefined || last.progress <= start.progress) {
    return null;
  }
  return (last.at - start.at) / (last.progress - start.progress);
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}
