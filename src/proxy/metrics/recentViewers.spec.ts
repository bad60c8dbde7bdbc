import { describe, expect, it } from "vitest";
import { manualClock } from "../testing/manualClock.ts";
import { recentViewers } from "./recentViewers.ts";

describe("recent viewers", () => {
  it("counts everyone once, for a minute after they asked last", async () => {
    const clock = manualClock(0);
    const viewers = recentViewers(clock);
    viewers.note("a");
    await clock.pass(40_000);
    viewers.note("b");
    viewers.note("b");
    expect(viewers.count()).toBe(2);
    viewers.note("a");
    await clock.pass(59_000);
    expect(viewers.count()).toBe(2);
    await clock.pass(2000);
    expect(viewers.count()).toBe(0);
  });

  it("does not grow without end when one poses as many", () => {
    const viewers = recentViewers(manualClock(0));
    for (let index = 0; index < 12_000; index += 1) {
      viewers.note(`viewer ${index}`);
    }
    expect(viewers.count()).toBe(10_000);
  });
});
