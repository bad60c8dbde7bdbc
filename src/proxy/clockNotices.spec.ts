import { expect, it } from "vitest";
import { watchClockSets } from "./clockNotices.ts";
import { manualClock } from "./testing/manualClock.ts";

const second = 1000;
const day = 86_400 * second;

it("says for a day that the server's clock was set, and when that was by the clock as it is now", async () => {
  const clock = manualClock(Date.UTC(2026, 10, 23, 12));
  const notices = watchClockSets(clock);
  clock.set(59 * second);
  expect(notices()).toEqual([]);
  clock.set(2 * day);
  expect(notices()).toMatchObject([
    {
      code: "clock-changed",
      message: expect.stringMatching(/set forward by 2 d 0 h at 12:00 UTC/),
    },
  ]);
  const since = notices()[0]?.since;
  await clock.pass(day);
  expect(notices()[0]?.since).toBe(since);
  await clock.pass(second);
  expect(notices()).toEqual([]);
});
