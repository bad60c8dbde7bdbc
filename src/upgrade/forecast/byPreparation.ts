/** How long the rest of a preparation takes, by those of earlier upgrades and by the pace of this one. */
import type { EarlierRun } from "../runs/earlierRun.ts";
import { preparedForMs } from "./course.ts";
import { predictiveRange, type Prior, type Range } from "./interval.ts";
import { meanOf } from "./mean.ts";

/** How far the present preparation has come: the percent that it was first and last heard to reach, and the time between. */
export type Reached = { readonly from: number; readonly to: number; readonly ms: number };

/** The end of an earlier preparation as seen from the present percent, with what came after it. */
export type Ending = {
  /** From `from` to `to` percent it took so long. */
  readonly soFarMs: number;
  /** And from there to its end. */
  readonly leftMs: number;
  /** What follows the preparation, where that is asked for too. */
  readonly afterMs: number;
};

/** How much of a pace that differs from the earlier ones is taken to last, before they tell. */
const lastingPace = 0.7;
/** For how much spread of earlier paces that assumption counts. */
const assumedSpread = 0.1;
/** The pace of less than so much progress says nothing. */
const leastPercent = 4;
/** Shorter ends than this would make logarithms of nothing. */
const shortestMs = 1000;

export const preparationPrior: Prior = { spread: 0.17, weight: 4 };

/** What an earlier preparation says of the present one; null where its course was not heard. */
export function endingOf(run: EarlierRun, { from, to }: Reached, afterMs: number): Ending | null {
  const began = preparedForMs(run, from);
  const here = preparedForMs(run, to);
  const preparing = run.states.find(({ state }) => state === "UPGRADE_STATE_PREPARING");
  if (began === null || here === null || preparing === undefined) {
    return null;
  }
  const leftMs = Math.max(shortestMs, preparing.ms - here);
  return { soFarMs: Math.max(0, here - began), leftMs, afterMs };
}

/**
 * How long from the last heard percent to the end. An earlier preparation that had been slower up to here is scaled by
 * the pace of this one, as far as the earlier ones show that a pace lasts: a slow start that was made up for later by
 * all others is nothing to be afraid of.
 */
export function restOfPreparation(
  endings: readonly Ending[],
  { from, to, ms }: Reached,
  prior: Prior,
): Range {
  const hasPace = to - from >= leastPercent && ms > 0 && endings.every((each) => each.soFarMs > 0);
  if (!hasPace) {
    return predictiveRange(
      endings.map(({ leftMs, afterMs }) => leftMs + afterMs),
      prior,
    );
  }
  const paces = endings.map(({ soFarMs }) => Math.log(soFarMs));
  const lefts = endings.map(({ leftMs }) => Math.log(leftMs));
  const [pace, left] = [meanOf(paces), meanOf(lefts)];
  const together = sumOf(paces, (each, index) => (each - pace) * ((lefts[index] ?? left) - left));
  const spread = sumOf(paces, (each) => (each - pace) ** 2);
  const lasts = (lastingPace * assumedSpread + together) / (assumedSpread + spread);
  const lasting = Math.min(1.2, Math.max(0, lasts));
  const now = Math.log(ms);
  const scaled = endings.map(({ leftMs, afterMs }, index) => {
    const unlike = now - (paces[index] ?? pace);
    return leftMs * Math.exp(lasting * unlike) + afterMs;
  });
  return predictiveRange(scaled, prior, (now - pace) ** 2 / (assumedSpread + spread));
}

function sumOf(values: readonly number[], of: (value: number, index: number) => number): number {
  return values.reduce((sum, value, index) => sum + of(value, index), 0);
}
