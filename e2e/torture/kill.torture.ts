import { expect, test } from "@playwright/test";
import { isSound, killRounds } from "./kill.ts";

const rounds = 50;

test("nothing that was served is lost when the program is killed in the middle of its writes", async () => {
  const tally = await killRounds(rounds, 6, Number(process.env["SEED"] ?? "1"));
  const { served, kept, unwatched, told, faults } = tally;
  process.stdout.write(
    `\nkill -9: rounds ${tally.rounds}, changes served ${served}, changes kept ${kept === served ? `${kept} (all)` : `${kept} of ${served}`}, gaps told ${told === unwatched ? `${told} (all)` : `${told} of ${unwatched}`}${faults.map((fault) => `\n  ${fault}`).join("")}\n`,
  );
  expect(isSound(tally), JSON.stringify(tally)).toBe(true);
});
