/** The forecast against generated upgrades; `npm run backtest` prints the whole table without a browser. */
import { expect, test } from "../e2e/fixtures.ts";
import { isReached, runBacktest } from "./backtest.ts";
import { report } from "./figures.ts";

test("forecasts of generated upgrades", () => {
  const { scores, table } = runBacktest();
  process.stdout.write(`\n${table}\n`);
  for (const { target, earlierRuns, shape, answered, covered, error, lineError } of scores) {
    if (shape === null && answered === 1) {
      const asked = `end of the ${target}, ${earlierRuns} earlier upgrades`;
      const how =
        "75 generated clusters of each of four shapes, asked at 25, 50 and 75 % of the way";
      const inside = {
        what: `forecast in the range: ${asked}`,
        unit: "%",
        values: [covered * 100],
        how,
      } as const;
      report({ ...inside, target: { of: "median", atLeast: 85 } });
      report({
        what: `forecast's error ÷ a straight line's: ${asked}`,
        unit: "×",
        values: [error / lineError],
        target: { of: "median", below: 1 },
        how,
      });
    }
  }
  expect(scores.filter((score) => !isReached(score))).toEqual([]);
});
