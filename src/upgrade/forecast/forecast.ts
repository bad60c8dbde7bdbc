import { dayMs } from "../duration.ts";
import type { EpochMs } from "../status.ts";

/** When something should be over: a range, and what it rests on. */
export type Forecast = {
  /** With 5 % probability it is over by then. */
  readonly earliest: EpochMs;
  /** With even odds. */
  readonly likely: EpochMs;
  /** With 95 % probability. */
  readonly latest: EpochMs;
  /** What it rests on, as it reads behind "by". */
  readonly basis: string;
  /** On how many earlier upgrades it rests; 0 where on the pace of this one alone. */
  readonly runs: number;
};

/** How long something should take, from its beginning on. */
export type Duration = {
  readonly earliestMs: number;
  readonly likelyMs: number;
  readonly latestMs: number;
  readonly basis: string;
  readonly runs: number;
};

/** Everything that is forecast of an upgrade in flight; null each where it would be a guess. */
export type Forecasts = {
  /** The end of the present state. */
  readonly state: Forecast | null;
  /** The end of the whole upgrade; null also while a person is awaited on the way, for nobody knows when that one comes. */
  readonly whole: Forecast | null;
  /** From the commit to the end, while a person has yet to commit. */
  readonly afterCommit: Duration | null;
  /** What a verdict of *slow* goes by: one that rests on five earlier upgrades, or on the pace of this one. */
  readonly slowBy: Forecast | null;
  /** For how long earlier upgrades of this kind stood still in the present state; null with fewer than five. */
  readonly stillness: Stillness | null;
};

/** For how long nothing changed in earlier upgrades. */
export type Stillness = { readonly longestMs: number; readonly basis: string };

/** A verdict rests on no fewer earlier upgrades than this. */
export const fewestForVerdict = 5;

/** Beyond this a range says nothing to anybody. */
export const longestAheadMs = 30 * dayMs;

/** A forecast moves on in so many steps: one that changed at every poll would be drawn anew at every poll. */
const stepsOnTheWay = 20;

/**
 * A forecast in the light of the time that has passed without the end: the earliest moment and the likely one move on.
 * The latest never does: past it the forecast was wrong, and null is what is left of it.
 */
export function asOf(forecast: Forecast, now: EpochMs): Forecast | null {
  const { earliest, likely, latest } = forecast;
  if (now > latest) {
    return null;
  }
  if (now <= earliest) {
    return forecast;
  }
  const stepMs = Math.max(1, (latest - earliest) / stepsOnTheWay);
  const passed = earliest + Math.floor((now - earliest) / stepMs) * stepMs;
  // Half of the odds that are left lie before the new likely moment; between two percentiles they are spread evenly.
  const odds =
    passed < likely
      ? 0.05 + 0.45 * shareOf(passed, earliest, likely)
      : 0.5 + 0.45 * shareOf(passed, likely, latest);
  const half = (odds + 0.95) / 2;
  const moved =
    half < 0.5
      ? earliest + ((half - 0.05) / 0.45) * (likely - earliest)
      : likely + ((half - 0.5) / 0.45) * (latest - likely);
  return { ...forecast, earliest: Math.round(passed), likely: Math.round(moved) };
}

function shareOf(at: EpochMs, from: EpochMs, to: EpochMs): number {
  return to <= from ? 0 : (at - from) / (to - from);
}
