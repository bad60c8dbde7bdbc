import { expect, it } from "vitest";
import { manualClock } from "../testing/manualClock.ts";
import { pruneHourly } from "./retention.ts";

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 9, 24, 12);

/** The moments up to which everything was deleted, in hours before the true date. */
function pruning() {
  const clock = manualClock(start);
  const asked: number[] = [];
  const prune = (olderThan: number): Promise<number> => {
    asked.push(Math.round((start + clock.steadyMs() - olderThan) / hour));
    return Promise.resolve(0);
  };
  const log = { info: () => undefined, warn: () => undefined };
  const stop = pruneHourly({ prune }, () => ({ ageMs: 48 * hour, bytes: 1e9 }), clock, log);
  return { clock, asked, stop };
}

it("deletes by age in hours that passed, on a day of 25 of them too", async () => {
  const { clock, asked, stop } = pruning();
  await clock.pass(25 * hour);
  expect(asked).toHaveLength(25);
  expect(new Set(asked)).toEqual(new Set([48]));
  stop();
});

it("deletes nothing for a day because the clock was set years ahead, and then believes it", async () => {
  const { clock, asked, stop } = pruning();
  clock.set(730 * day);
  await clock.pass(23 * hour);
  expect(new Set(asked)).toEqual(new Set([48]));
  await clock.pass(3 * hour);
  expect(asked.at(-1)).toBe(48 - 730 * 24);
  stop();
});

it("keeps more, not less, after the clock was set back", async () => {
  const { clock, asked, stop } = pruning();
  clock.set(-day);
  await clock.pass(hour);
  expect(asked).toEqual([72]);
  stop();
});
