import { meanOf } from "./mean.ts";

/** A range of durations by its 5th, 50th and 95th percentile. */
export type Range = {
  readonly earliestMs: number;
  readonly likelyMs: number;
  readonly latestMs: number;
};

/** What is taken for granted of durations before any was seen. */
export type Prior = {
  /** How far they usually spread: the standard deviation of their logarithms. */
  readonly spread: number;
  /** For how many seen ones that counts. */
  readonly weight: number;
};

/** The 95th percentile of the normal distribution. */
const z = 1.644854;

/**
 * Where the next duration lies with nine-in-ten odds, given a few seen ones: the predictive interval of a log-normal
 * whose mean and spread are both not known. The fewer were seen, the wider it is, which the smallest and the largest
 * seen are not: of three they cover but half. A prior of the spread keeps two that happen to agree from passing for
 * certainty, and gives one alone a range at all. The likely one is the middle of those seen, which a single odd one does
 * not move.
 *
 * @param durationsMs at least one, each more than 0
 * @param leverage how unlike the seen ones the present one is, as a share of one observation's variance
 */
export function predictiveRange(durationsMs: readonly number[], prior: Prior, leverage = 0): Range {
  const logs = durationsMs.map((ms) => Math.log(ms));
  const count = logs.length;
  const mean = meanOf(logs);
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const freedom = prior.weight + count - 1;
  const variance = (prior.weight * prior.spread ** 2 + squares) / freedom;
  const margin = studentT95(freedom) * Math.sqrt(variance * (1 + 1 / count + leverage));
  // What was seen lies within, whatever the shape of the distribution; of twenty and more the outermost may lie outside.
  const sorted = logs.toSorted((one, other) => one - other);
  const outside = Math.max(1, Math.floor(0.05 * (count + 1))) - 1;
  return {
    earliestMs: Math.exp(Math.min(mean - margin, sorted[outside] ?? mean)),
    likelyMs: Math.exp(middleOf(sorted) ?? mean),
    latestMs: Math.exp(Math.max(mean + margin, sorted[count - 1 - outside] ?? mean)),
  };
}

function middleOf(sorted: readonly number[]): number | undefined {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/**
 * The 95th percentile of Student's t distribution, by its expansion about the normal one; within 0.3 % from three degrees
 * of freedom on (Abramowitz and Stegun, 26.7.5).
 */
export function studentT95(freedom: number): number {
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
