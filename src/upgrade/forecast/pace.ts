import { durationWords, secondMs } from "../duration.ts";
import { type Forecast, longestAheadMs } from "./forecast.ts";
import { meanOf } from "./mean.ts";
import { progressSeries } from "../progress.ts";
import type { Span } from "../span.ts";
import type { EpochMs } from "../status.ts";

/** Below so many heard steps of progress, or so short a time, a forecast would be a guess. */
const fewestSteps = 5;
const shortestBasisMs = 20 * secondMs;
/** A pace that turned in the last third is taken for chance up to so many times the variance that chance explains. */
const turnChance = 4;
/** And how much of it may not last. */
const turnDoubt = 0.5;
/** A step that took so many times the usual one is a stall: no more than that counts towards the pace. */
const stallTimes = 5;
/** How far a preparation may leave the course that it has taken, as the deviation of a logarithm: nobody knows the course of this cluster. */
const unknownCourse = 0.4;
/** How many deviations the range reaches to either side: surprises are rather slow than fast. */
const [faster, slower] = [1, 1.6] as const;

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
  const paces = steps.map((step) => step.ms / step.gained);
  // A stall tells nothing of what follows it: neither a slow pace nor one that turned.
  const even = withoutStalls(steps, paces);
  const overallPace = paceOf(even);
  const recentPace = paceOf(even.slice(Math.floor((even.length * 2) / 3)));
  const turn = turnOf(Math.log(recentPace / overallPace), even, overallPace);
  const likelyMs = left * overallPace * Math.exp(turn);
  const noise =
    (standardDeviation(paces) * Math.sqrt(left) * Math.sqrt(1 + left / paces.length)) / likelyMs;
  const doubt = Math.hypot(unknownCourse, turn * turnDoubt, noise);
  const latestMs = likelyMs * Math.exp(slower * doubt);
  if (latestMs > longestAheadMs) {
    return null;
  }
  const gainedWords = `${Math.floor(gained)} % in ${durationWords(heardMs)}`;
  return {
    earliest: Math.round(last.at + likelyMs * Math.exp(-faster * doubt)),
    likely: Math.round(last.at + likelyMs),
    latest: Math.round(last.at + latestMs),
    basis: `the pace of this run: ${gainedWords}`,
    runs: 0,
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

/** What is left of a turn of the pace once chance has had its share: of few or of uneven steps little. */
function turnOf(turned: number, steps: readonly Step[], pace: number): number {
  const deviation = standardDeviation(steps.map(({ ms, gained }) => ms / gained));
  const chance = (turnChance * (deviation / pace) ** 2) / steps.length;
  return turned === 0 ? 0 : turned ** 3 / (turned ** 2 + chance);
}

function withoutStalls(steps: readonly Step[], paces: readonly number[]): readonly Step[] {
  const median = paces.toSorted((one, other) => one - other)[Math.floor(paces.length / 2)] ?? 0;
  return steps.map(({ ms, gained }) => ({
    ms: Math.min(ms, gained * median * stallTimes),
    gained,
  }));
}

function sumOf(steps: readonly Step[], what: keyof Step): number {
  return steps.reduce((sum, step) => sum + step[what], 0);
}

function paceOf(steps: readonly Step[]): number {
  return sumOf(steps, "ms") / sumOf(steps, "gained");
}

function standardDeviation(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}
