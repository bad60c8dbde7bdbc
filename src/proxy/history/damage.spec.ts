import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildHistory } from "./testing/build.fixture.ts";
import type { BuiltHistory } from "./testing/build.fixture.ts";
import { complaintOf, makeIntact, tryDamage } from "./testing/damage.fixture.ts";

let built: BuiltHistory;
let intact = "";
beforeAll(async () => {
  built = await buildHistory();
  intact = await makeIntact(built.workerUrl);
}, 60_000);
afterAll(() => {
  built.remove();
  rmSync(intact, { recursive: true });
});

const seeds = [...Array(40).keys()];

describe("a damaged history", () => {
  it("opens again, keeps the rest and tells the loss, wherever it was cut or a byte of it is wrong", async () => {
    const complaints: string[] = [];
    for (const seed of seeds) {
      // oxlint-disable-next-line no-await-in-loop
      const complaint = complaintOf(await tryDamage(intact, seed, built.workerUrl));
      complaints.push(...(complaint === null ? [] : [`seed ${seed}: ${complaint}`]));
    }
    expect(complaints).toEqual([]);
  }, 120_000);
});
