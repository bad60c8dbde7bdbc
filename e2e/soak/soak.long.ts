import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { sabotages } from "./sabotage.ts";
import { longForm, shortForm } from "./script.ts";
import { type Outcome, soak } from "./soak.ts";

const minutes = Number(process.env["SOAK_MINUTES"] ?? "30");
const seed = Number(process.env["SEED"] ?? "1");

async function tell({ table, details, series }: Outcome, title: string): Promise<void> {
  const shown = details.slice(0, 20).map((line) => `\n  ${line}`);
  process.stdout.write(`\n${title}\n\n${table}\n${shown.join("")}\n`);
  const folder = test.info().outputPath();
  writeFileSync(join(folder, "details.txt"), `${details.join("\n")}\n`);
  writeFileSync(join(folder, "series.json"), JSON.stringify(Object.fromEntries(series)));
  process.stdout.write(`\nAll of it: ${folder}\n`);
}

test("soak", async () => {
  const outcome = await soak(longForm(minutes), null, seed);
  await tell(outcome, `${minutes} days in ${minutes} minutes`);
  expect(outcome.rows.filter(({ isPassed }) => !isPassed)).toEqual([]);
});

for (const sabotage of sabotages) {
  test(`sabotage: ${sabotage.name}`, async () => {
    const outcome = await soak(shortForm, sabotage, seed);
    await tell(outcome, `sabotaged, so that ${sabotage.name}`);
    const failed = outcome.rows.filter(({ isPassed }) => !isPassed).map(({ measure }) => measure);
    expect(failed.some((measure) => sabotage.caughtBy.test(measure))).toBe(true);
  });
}
