import { beforeEach, describe, expect, it } from "vitest";
import type { SpanRecord } from "./disk/row.ts";
import { Saver } from "./saver.ts";
import { percentSpan } from "./testing/spans.fixture.ts";

const quiet = { resolve: () => undefined, reject: () => undefined };
const record = (sequence: number): SpanRecord => ({
  cluster: "a",
  sequence,
  span: percentSpan(sequence),
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A time that stands still until it is moved. */
function manualClock() {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after: (delayMs: number, callback: () => void) => {
      const timer = { at: now + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass: async (ms: number) => {
      now += ms;
      for (const timer of timers) {
        if (timer.at <= now) {
          timers.delete(timer);
          timer.callback();
        }
      }
      await turn();
      await turn();
    },
  };
}

/** A disk of which the test decides how each write ends. */
function manualDisk() {
  const writes: { records: readonly SpanRecord[]; end: (error?: Error) => void }[] = [];
  return {
    writes,
    write: (records: readonly SpanRecord[]) =>
      new Promise<void>((resolve, reject) => {
        writes.push({
          records,
          end: (error) => (error === undefined ? resolve() : reject(error)),
        });
      }),
    /** Ends the newest write. */
    end: async (error?: Error) => {
      writes.at(-1)?.end(error);
      await turn();
      await turn();
    },
  };
}

describe("the saver", () => {
  let clock = manualClock();
  let disk = manualDisk();
  let said: string[] = [];
  let saver: Saver;
  const written = () => disk.writes.map(({ records }) => records.map((one) => one.sequence));

  beforeEach(() => {
    clock = manualClock();
    disk = manualDisk();
    said = [];
    saver = new Saver({
      folder: "/data",
      clock,
      write: disk.write,
      onProblem: (message) => said.push(message),
      onRecovery: (message) => said.push(message),
      flushEveryMs: 3_000,
      retryAfterMs: 1_000,
      mostPending: 4,
    });
  });

  it("writes the changes of one turn together, and what comes meanwhile after them", async () => {
    saver.save("a", [record(1)], true, quiet);
    saver.save("a", [record(2)], true, quiet);
    await turn();
    saver.save("a", [record(3)], true, quiet);
    await turn();
    expect(written()).toEqual([[1, 2]]);
    await disk.end();
    expect(written()).toEqual([[1, 2], [3]]);
  });

  it("leaves what is not urgent until the flush interval is over", async () => {
    saver.save("a", [record(1)], false, quiet);
    await clock.pass(2_999);
    expect(written()).toEqual([]);
    await clock.pass(1);
    expect(written()).toEqual([[1]]);
    await disk.end();
    saver.save("a", [record(2)], false, quiet);
    await clock.pass(3_000);
    expect(written()).toEqual([[1], [2]]);
  });

  it("is degraded as long as the disk hangs, and says so once", async () => {
    saver.save("a", [record(1)], true, quiet);
    await turn();
    await clock.pass(249);
    expect(saver.health.state).toBe("ok");
    await clock.pass(1);
    expect(saver.health).toMatchObject({ state: "degraded", since: 250 });
    await clock.pass(60_000);
    expect(said).toEqual([saver.health.message]);
    expect(saver.health.message).toContain("the disk takes longer than 250 ms");
    await disk.end();
    expect(saver.health).toMatchObject({ state: "ok", since: 60_250 });
    expect(said[1]).toContain("is being saved again");
  });

  it("tries again after a failure, with what came since, not more often", async () => {
    saver.save("a", [record(1)], true, quiet);
    await turn();
    await disk.end(Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }));
    expect(saver.health.message).toContain("not being saved: the disk is full.");
    saver.save("a", [record(2)], true, quiet);
    saver.save("b", [{ ...record(3), cluster: "b" }], false, quiet);
    await clock.pass(999);
    expect(written()).toEqual([[1]]);
    await clock.pass(1);
    expect(written()).toEqual([[1], [1, 2, 3]]);
    await disk.end();
    expect(saver.health.state).toBe("ok");
    expect(said).toHaveLength(2);
  });

  it("says what it gives up when the disk fails for too long", async () => {
    saver.save("a", [1, 2, 3, 4, 5].map(record), true, quiet);
    expect(said).toEqual([
      "The history in /data could not be saved for so long that 2 older records of a were given up; that time will read as not observed.",
    ]);
  });

  it("drains without waiting for intervals or retries", async () => {
    saver.save("a", [record(1)], true, quiet);
    await turn();
    await disk.end(new Error("broken"));
    saver.save("a", [record(2)], false, quiet);
    let isDrained = false;
    const draining = saver.drain().then(() => (isDrained = true));
    await turn();
    expect(written()).toEqual([[1], [1, 2]]);
    expect(isDrained).toBe(false);
    await disk.end();
    await draining;
    expect(isDrained).toBe(true);
  });

  it("does not wait for a disk that refuses the last of it", async () => {
    saver.save("a", [record(1)], true, quiet);
    const refused = saver.drain().catch(String);
    await turn();
    await disk.end(Object.assign(new Error("full"), { code: "ENOSPC" }));
    expect(await refused).toBe("Error: the disk is full");
  });

  it("says another reason anew, and keeps since when", async () => {
    saver.degrade("the disk is full");
    await clock.pass(5_000);
    saver.degrade("the disk is full");
    saver.degrade("the disk failed");
    expect(said).toHaveLength(2);
    expect(saver.health).toMatchObject({ state: "degraded", since: 0 });
    expect(saver.health.message).toContain(
      "the disk failed. Not saved since 1970-01-01 00:00:00 UTC.",
    );
  });

  it("tells all who wait when it stops", async () => {
    const failed = new Promise<Error>((reject) => {
      saver.save("a", [record(1)], true, { resolve: () => undefined, reject });
    });
    saver.stop();
    expect((await failed).message).toContain("stopped before this was saved");
  });
});
