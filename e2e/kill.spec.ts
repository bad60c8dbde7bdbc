import { expect, test } from "@playwright/test";
import { isSound, killRounds } from "./torture/kill.ts";

test("five kills in the middle of writes lose nothing that was served, and each gap is told", async () => {
  const tally = await killRounds(5, 4, 1);
  expect(isSound(tally), JSON.stringify(tally)).toBe(true);
});
