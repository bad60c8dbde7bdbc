import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import {
  complaintOf,
  makeIntact,
  tryDamage,
} from "../../src/proxy/history/testing/damage.fixture.ts";

const seeds = [...Array(600).keys()];
const workerUrl = pathToFileURL(resolve("dist/server/history-worker.js"));

test("histories cut or with one wrong byte open again, keep the rest and tell the loss", async () => {
  const intact = await makeIntact(workerUrl);
  const complaints: string[] = [];
  let written = 0;
  let kept = 0;
  let salvaged = 0;
  for (const seed of seeds) {
    // oxlint-disable-next-line no-await-in-loop
    const outcome = await tryDamage(intact, seed, workerUrl);
    const complaint = complaintOf(outcome);
    complaints.push(...(complaint === null ? [] : [`seed ${seed}: ${complaint}`]));
    written += outcome.written;
    kept += outcome.kept;
    salvaged += outcome.told.includes("history-damaged") ? 1 : 0;
  }
  rmSync(intact, { recursive: true });
  process.stdout.write(
    `\ndamage: ${seeds.length} files cut or flipped, ${salvaged} salvaged, ${written} records written, ${kept} kept, ${complaints.length} complaints\n`,
  );
  expect(complaints).toEqual([]);
});
