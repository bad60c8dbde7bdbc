/** How forecasts of a few hundred generated upgrades came out, as a table. */
import { backtest, earlierCounts, type Score, targets } from "../src/upgrade/testing/backtest.ts";

/** Four shapes, so many clusters of each, and for each number of earlier upgrades its last one is asked about. */
const clustersPerShape = 75;
/** None of those by which the figures of the forecast were chosen (1, 2 and 3). */
const seed = 20_261_124;

/** Coverage that is neither a false certainty nor a range that says nothing. */
const [leastCovered, mostCovered] = [0.85, 0.95] as const;

/** The table, and whether everything in it was reached. */
export type Backtest = {
  readonly table: string;
  readonly scores: readonly Score[];
  readonly reached: boolean;
};

/** Asks, and compares; takes some ten seconds. */
export function runBacktest(): Backtest {
  const scores = backtest(seed, clustersPerShape);
  return { table: tableOf(scores), scores, reached: scores.every(isReached) };
}

/** Whether the upgrades of all shapes together came out as they must; nothing is asked of those too rarely answered. */
export function isReached({ shape, answered, covered, error, lineError }: Score): boolean {
  return (
    shape !== null ||
    answered < 1 ||
    (covered >= leastCovered && covered <= mostCovered && error < lineError)
  );
}

function tableOf(scores: readonly Score[]): string {
  const rows = targets.flatMap((target) =>
    earlierCounts.flatMap((count) =>
      scores
        .filter(({ target: one, earlierRuns }) => one === target && earlierRuns === count)
        .map(rowOf),
    ),
  );
  return [
    "| end of the | earlier upgrades | shape | answered | truth in the range | median error | of a straight line |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function rowOf({ target, earlierRuns, shape, ...score }: Score): string {
  const [answered, covered, error, line] = [
    score.answered,
    score.covered,
    score.error,
    score.lineError,
  ].map((share) => `${(share * 100).toFixed(1)} %`);
  const name = shape === null ? "**all**" : shape;
  return `| ${target} | ${earlierRuns} | ${name} | ${answered} | ${covered} | ${error} | ${line} |`;
}
