/** The short form of `npm run soak`. */
import { expect, test } from "@playwright/test";
import { shortForm } from "./soak/script.ts";
import { soak } from "./soak/soak.ts";

test("a day in a minute: nothing grows with the polls, nothing is shown live that is old, the history is true", async () => {
  test.setTimeout(180_000);
  const { rows, table, details, series } = await soak(shortForm);
  await test.info().attach("table", { body: `${table}\n${details.join("\n")}` });
  await test.info().attach("series", { body: JSON.stringify([...series]) });
  expect(
    rows.filter(({ isPassed }) => !isPassed),
    `${table}\n${details.join("\n")}`,
  ).toEqual([]);
});
