import { describe, expect, it } from "vitest";
import { dayMs, hourMs, minuteMs } from "../../upgrade/duration.ts";
import { manualClock } from "../testing/manualClock.ts";
import { pruneHourly } from "./retention.ts";

const start = Date.UTC(2026, 10, 24);
const quiet = { info: () => undefined, warn: () => undefined };

function pruning(prune: () => Promise<number> = () => Promise.resolve(0)) {
  const clock = manualClock(start);
  const asked: [number, number][] = [];
  const retention = { ageMs: 400 * dayMs, bytes: 2e9 };
  const warnings: string[] = [];
  const stop = pruneHourly(
    {
      prune: (olderThan, maxBytes) => {
        asked.push([olderThan, maxBytes]);
        return prune();
      },
    },
    () => retention,
    clock,
    { ...quiet, warn: (message) => void warnings.push(message) },
  );
  return { clock, asked, retention, warnings, stop };
}

describe("the retention", () => {
  it("is kept a minute after the start and every hour from then on, by what is configured then", async () => {
    const { clock, asked, retention, stop } = pruning();
    await clock.pass(minuteMs - 1);
    expect(asked).toEqual([]);
    await clock.pass(1);
    expect(asked).toEqual([[start + minuteMs - 400 * dayMs, 2e9]]);
    Object.assign(retention, { ageMs: dayMs, bytes: 1e6 });
    await clock.pass(hourMs - 1);
    expect(asked).toHaveLength(1);
    await clock.pass(1);
    expect(asked[1]).toEqual([start + minuteMs + hourMs - dayMs, 1e6]);
    stop();
    await clock.pass(2 * hourMs);
    expect(asked).toHaveLength(2);
  });

  it("is tried again an hour after it failed, and that is told", async () => {
    const { clock, asked, warnings } = pruning(() => Promise.reject(new Error("the disk is full")));
    await clock.pass(minuteMs);
    await clock.pass(hourMs);
    expect(asked).toHaveLength(2);
    expect(warnings).toEqual(["The history was not pruned", "The history was not pruned"]);
  });
});
