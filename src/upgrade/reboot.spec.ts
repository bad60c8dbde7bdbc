import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  hearReboot,
  longStep,
  medianNodeMs,
  nodeTimesMs,
  type RebootAnswer,
  type RebootProgress,
  rebootProgress,
  type RebootTrace,
} from "./reboot.ts";
import { rebootCount, rebootDetail } from "./rebootWords.ts";
import { minute, rollingSettings, second, start } from "./testing/story.ts";

const idle: RebootAnswer = { total: 0, rebooted: 0, state: "REBOOT_IDLE", error: null };
const going = (rebooted: number, total = 6): RebootAnswer => ({
  total,
  rebooted,
  state: "REBOOT_IN_PROGRESS",
  error: null,
});

/** What was heard, as a watcher that asks every second hears it. */
class Watcher {
  now = start;
  trace: RebootTrace | null = null;
  answer = idle;

  hears(answer: RebootAnswer, forMs: number): this {
    this.answer = answer;
    for (const until = this.now + forMs; this.now < until; this.now += second) {
      this.trace = hearReboot(this.trace, answer, this.now);
    }
    return this;
  }

  hearsNothing(forMs: number): this {
    this.now += forMs;
    return this;
  }

  get progress(): RebootProgress {
    if (this.trace === null) {
      throw new Error("nothing was heard");
    }
    return rebootProgress(this.answer, this.trace);
  }
}

const fromTheBegin = (): Watcher => new Watcher().hears(idle, 5 * second);

describe("the times of a rolling reboot", () => {
  it("are those between one node's return and the next's", () => {
    const { progress } = fromTheBegin()
      .hears(going(0), 7 * minute)
      .hears(going(1), 9 * minute)
      .hears(going(2), 8 * minute)
      .hears(going(3), minute);
    expect(progress.steps).toEqual([
      { nodes: 1, ms: 7 * minute },
      { nodes: 1, ms: 9 * minute },
      { nodes: 1, ms: 8 * minute },
    ]);
    expect(medianNodeMs(progress.steps)).toBe(8 * minute);
    expect(progress).toMatchObject({ since: start + 5 * second + 24 * minute, sinceExact: true });
  });

  it("of nodes that were back before we came in are not known, nor is the first one's after it", () => {
    const watcher = new Watcher().hears(going(2), 3 * minute);
    expect(watcher.progress).toMatchObject({ since: start, sinceExact: false });
    const { steps } = watcher.hears(going(3), 8 * minute).hears(going(4), second).progress;
    expect(steps).toEqual([
      { nodes: 2, ms: null },
      { nodes: 1, ms: null },
      { nodes: 1, ms: 8 * minute },
    ]);
  });

  it("are not known where the count rose while the endpoint was not heard", () => {
    const { progress } = fromTheBegin()
      .hears(going(0), 7 * minute)
      .hears(going(1), 2 * minute)
      .hearsNothing(7 * minute)
      .hears(going(2), 9 * minute)
      .hears(going(3), second);
    expect(progress.steps.map(({ ms }) => ms)).toEqual([7 * minute, null, null]);
  });

  it("stay exact over a silence in which nothing changed, and over one too short to matter", () => {
    const { progress } = fromTheBegin()
      .hears(going(0), 2 * minute)
      .hearsNothing(4 * minute)
      .hears(going(0), minute)
      .hearsNothing(20 * second)
      .hears(going(1), second);
    expect(progress.steps).toEqual([{ nodes: 1, ms: 7 * minute + 20 * second }]);
  });

  it("of a batch are shared among its nodes", () => {
    const { steps } = fromTheBegin()
      .hears(going(0), 8 * minute)
      .hears(going(2), 10 * minute)
      .hears(going(4), second).progress;
    expect(nodeTimesMs(steps)).toEqual([4, 4, 5, 5].map((minutes) => minutes * minute));
    expect(medianNodeMs(steps)).toBe(4.5 * minute);
  });

  it("begin anew with another reboot", () => {
    const after = fromTheBegin().hears(going(5), minute).hears(going(6), minute);
    expect(after.hears(going(0), second).progress).toMatchObject({ steps: [], sinceExact: false });
    const next = after.hears(idle, second).hears(going(0, 4), second);
    expect(next.progress).toMatchObject({ steps: [], sinceExact: true });
  });

  it("never hold more than was heard, whatever a cluster counts", () => {
    const answers = fc.array(
      fc.record({
        waitMs: fc.integer({ min: -5000, max: 120_000 }),
        total: fc.constantFrom(0, 4, 6, 10_000),
        rebooted: fc.integer({ min: 0, max: 12 }),
        state: fc.constantFrom("REBOOT_IDLE", "REBOOT_IN_PROGRESS", "REBOOT_PAUSED", "?"),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(answers, (heard) => {
        let trace: RebootTrace | null = null;
        let now = start;
        let elapsedMs = 0;
        for (const { waitMs, ...answer } of heard) {
          now += waitMs;
          elapsedMs += Math.abs(waitMs);
          trace = hearReboot(trace, { ...answer, error: null }, now);
          const progress = rebootProgress({ ...answer, error: null }, trace);
          const back = progress.steps.reduce((sum, { nodes }) => sum + nodes, 0);
          const timesMs = nodeTimesMs(progress.steps);
          expect(back).toBe(answer.state === "REBOOT_IDLE" ? 0 : answer.rebooted);
          expect(progress.steps.every(({ nodes }) => nodes > 0)).toBe(true);
          expect(timesMs.every((ms) => ms >= 0)).toBe(true);
          expect(timesMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(
            elapsedMs + timesMs.length,
          );
          const medianMs = medianNodeMs(progress.steps);
          expect(medianMs === null).toBe(timesMs.length === 0);
          if (medianMs !== null) {
            expect(medianMs).toBeGreaterThanOrEqual(Math.min(...timesMs));
            expect(medianMs).toBeLessThanOrEqual(Math.max(...timesMs));
          }
        }
      }),
    );
  });
});

describe("a node that takes longer than the others", () => {
  const two = (): Watcher =>
    fromTheBegin()
      .hears(going(0), 7 * minute)
      .hears(going(1), 7 * minute);
  const third = (): Watcher => two().hears(going(2), second);
  const third0 = start + 5 * second + 14 * minute;

  it("is one only beyond half as long again", () => {
    const { progress } = third();
    expect(longStep(progress, 1, third0 + 10 * minute)).toBeNull();
    expect(longStep(progress, 1, third0 + 14 * minute)).toEqual({
      takenMs: 14 * minute,
      usualMs: 7 * minute,
    });
  });

  it("is none where too few were heard to call anything usual, or none is left", () => {
    const { progress } = two();
    expect(longStep(progress, 1, start + 99 * minute)).toBeNull();
    expect(longStep({ ...third().progress, rebooted: 6 }, 1, start + 99 * minute)).toBeNull();
  });

  it("is told with its reason, and as a lower bound where its begin was not heard", () => {
    const { progress } = third();
    const now = third0 + 14 * minute;
    expect(rebootDetail(progress, rollingSettings, now)).toBe(
      "2 of 6 nodes are back. Node 3 has taken 14 min, the others 7 min; the cluster waits for its restriper after each batch; under heavy writes that is long and legitimate.",
    );
    expect(rebootDetail({ ...progress, sinceExact: false }, null, now)).toContain(
      "Node 3 has taken at least 14 min",
    );
    const batches = { ...rollingSettings, num_nodes_to_reboot: 2 };
    expect(rebootDetail(progress, batches, third0 + 30 * minute)).toContain(
      "The present batch has taken 30 min, the others 14 min",
    );
  });
});

describe("a rolling reboot in words", () => {
  it("gives the median once a node's time is known, and nothing before", () => {
    const watcher = fromTheBegin().hears(going(0), 7 * minute);
    const detail = (): string => rebootDetail(watcher.progress, rollingSettings, watcher.now);
    expect(detail()).toBe("0 of 6 nodes are back.");
    watcher.hears(going(1), 9 * minute);
    expect(detail()).toBe("1 of 6 nodes are back; a node takes 7 min.");
    watcher.hears(going(2), second);
    expect(detail()).toBe("2 of 6 nodes are back; a node takes 8 min (median of 2).");
  });

  it("says that the cluster has paused it", () => {
    const paused = { ...going(2), state: "REBOOT_PAUSED" };
    const { progress } = new Watcher().hears(paused, second);
    expect(rebootCount(progress)).toBe("2 of 6, paused");
    expect(rebootDetail(progress, rollingSettings, start + 99 * minute)).toBe(
      "2 of 6 nodes are back; the cluster has paused the reboot.",
    );
  });
});
