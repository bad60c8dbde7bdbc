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
  const { steps, last } = heardSteps(spans);
  if (last === undefined || steps.length < fewestSteps) {
    return null;
  }
  const heardMs = sumOf(steps, "ms");
  const gained = sumOf(steps, "gained");
  const left = 100 - last.progress;
  if (heardMs < shortestBasisMs || left <= 0) {
    return null;
  }
  const overallPace = paceOf(steps);
  const recentPace = paceOf(steps.slice(Math.floor((steps.length * 2) / 3)));
  const paces = steps.map((step) => step.ms / step.gained);
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

/** A rise of the percent that was heard from its beginning to its end. */
type Step = { readonly ms: number; readonly gained: number };

/**
 * The rises that were heard, since the percent last fell: a fall starts the pace afresh, and what happened in a gap is
 * neither slow nor fast, for nobody knows how it went.
 */
function heardSteps(spans: readonly Span[]): {
  steps: readonly Step[];
  last: { readonly at: EpochMs; readonly progress: number } | undefined;
} {
  let steps: Step[] = [];
  let last: { readonly at: EpochMs; readonly progress: number } | undefined;
  let isJoined = false;
  for (const { at, progress, fell } of progressSeries(spans)) {
    if (progress === null) {
      isJoined = false;
      continue;
    }
    steps = fell ? [] : steps;
    if (last === undefined || fell || !isJoined) {
      last = { at, progress };
    } else if (progress > last.progress) {
      steps.push({ ms: at - last.at, gained: progress - last.progress });
      last = { at, progress };
    }
    isJoined = true;
  }
  return { steps, last };
}

function sumOf(steps: readonly Step[], what: keyof Step): number {
  return steps.reduce((sum, step) => sum + step[what], 0);
}

function paceOf(steps: readonly Step[]): number {
  return sumOf(steps, "ms") / sumOf(steps, "gained");
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}
