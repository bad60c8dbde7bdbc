import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Observation } from "../upgrade/observation.ts";
import { redate } from "../upgrade/redate.ts";
import { applyChange, type Span } from "../upgrade/span.ts";
import { openLedger } from "./ledger.ts";
import { manualClock } from "./testing/manualClock.ts";
import { statusOf } from "./testing/scriptedCluster.ts";
import { refused, second, start } from "./testing/watching.ts";

const hour = 3600 * second;

/** A process that polls, is restarted, and whose wall clock is set at will; what it stores is kept. */
function machine() {
  const clock = manualClock(start);
  let stored: readonly Span[] = [];
  let ledger = openLedger(clock);
  let percent = 0;
  const poll = (kind: "moves" | "same" | "fails", tookMs = 0): void => {
    percent += kind === "moves" ? 1 : 0;
    const startedAt = clock.now() - tookMs;
    const base = { startedAt, at: clock.now(), node: null };
    const observation: Observation =
      kind === "fails"
        ? { ...base, kind: "unreachable", failure: refused }
        : {
            ...base,
            kind: "status",
            status: statusOf("UPGRADE_STATE_PREPARING", percent % 101),
            version: "7.1.4",
          };
    stored = applyChange(stored, ledger.add(observation, second));
  };
  return {
    clock,
    poll,
    ledger: () => ledger,
    stored: () => stored,
    pass: (ms: number) => clock.pass(ms),
    set: (byMs: number): void => {
      clock.set(byMs);
      ledger.clockSet(byMs);
    },
    restart: (): void => {
      ledger = openLedger(clock);
      ledger.takeOver(stored);
    },
  };
}

/** Ten polls, one a second, each of which hears something else. */
async function pollTen({ poll, pass }: Pick<ReturnType<typeof machine>, "poll" | "pass">) {
  for (let count = 0; count < 10; count += 1) {
    poll("moves");
    // oxlint-disable-next-line no-await-in-loop
    await pass(second);
  }
}

const lengths = (spans: readonly Span[]) => spans.map(({ from, to }) => to - from);

describe("a wall clock that is set while we watch", () => {
  it.each([
    ["back", -hour],
    ["forward", hour],
  ])("%s by an hour invents no gap, no failure and no time", async (_, byMs) => {
    const { clock, ledger, poll, pass, set } = machine();
    for (let count = 0; count < 10; count += 1) {
      poll("same");
      // oxlint-disable-next-line no-await-in-loop
      await pass(second);
    }
    set(byMs);
    expect(clock.now() - (ledger().spans().at(-1)?.to ?? 0)).toBe(second);
    poll("same");
    await pass(second);
    poll("same");
    const spans = ledger().spans();
    expect(spans.map(({ kind }) => kind)).toEqual(["status", "status"]);
    expect(lengths(spans)).toEqual([9 * second, second]);
    expect(spans[0]?.from).toBe(start + byMs);
    expect(spans[1]?.clockSetMs).toBe(byMs);
    expect(clock.now() - (spans[0]?.from ?? 0)).toBe(11 * second);
  });

  it("and put right again leaves all dates as they were", async () => {
    const one = machine();
    await pollTen(one);
    const before = one.ledger().spans();
    one.set(-hour);
    await pollTen(one);
    one.set(hour);
    await pollTen(one);
    expect(one.ledger().spans().slice(0, 10)).toEqual(before);
  });

  it("is dated the same way from what was stored", async () => {
    const { ledger, stored, ...one } = machine();
    await pollTen(one);
    one.set(-hour);
    await pollTen(one);
    expect(redate(stored()).spans).toEqual(ledger().spans());
  });

  it("gives the history another revision, for every date is another one", async () => {
    const one = machine();
    await pollTen(one);
    const before = one.ledger().view().revision;
    one.set(-hour);
    expect(one.ledger().view().revision).not.toBe(before);
  });
});

describe("a history whose newest record lies in the future", () => {
  it("is moved back to end at the start, as long as it must", async () => {
    const { clock, ledger, ...one } = machine();
    await pollTen(one);
    clock.set(-hour);
    one.restart();
    expect(ledger().aheadMs()).toBeGreaterThan(hour - 2 * second);
    expect(ledger().spans().at(-1)?.to).toBeLessThan(clock.now());
    one.poll("same");
    expect(ledger().spans().at(-2)).toMatchObject({ kind: "unobserved", started: true });
    // The clock is put right: the records of the process before have their own dates again.
    one.set(hour);
    one.poll("same");
    expect(ledger().aheadMs()).toBe(0);
    expect(ledger().spans()[0]?.from).toBe(start);
    expectOrder(ledger().spans());
  });
});

describe("what is long over", () => {
  it("is let go, but not the last run, nor the answer before it", async () => {
    const clock = manualClock(start);
    const ledger = openLedger(clock);
    const hear = async (state: string, version: string, progress: number | null = null) => {
      const at = clock.now();
      const status = statusOf(state, progress);
      ledger.add(
        { startedAt: at, at, node: null, kind: "status", status, version },
        4 * 60 * second,
      );
      await clock.pass(2 * second);
    };
    const upgrade = async (): Promise<number> => {
      await hear("UPGRADE_STATE_IDLE", "7.1.4");
      const from = clock.now();
      for (let percent = 0; percent <= 100; percent += 1) {
        // oxlint-disable-next-line no-await-in-loop
        await hear("UPGRADE_STATE_PREPARING", "7.1.4", percent);
      }
      return from;
    };
    /** The version can't be read now and then, which is a span each time. */
    const live = async (spans: number, everyMs: number): Promise<void> => {
      for (let count = 0; count < spans; count += 1) {
        // oxlint-disable-next-line no-await-in-loop
        await hear("UPGRADE_STATE_IDLE", count % 2 === 0 ? "7.2.3" : "7.2.4");
        // oxlint-disable-next-line no-await-in-loop
        await clock.pass(everyMs);
      }
    };
    await upgrade();
    await live(600, 3 * 60 * second);
    const lastBegan = await upgrade();
    await live(900, 3 * 60 * second);
    const spans = ledger.spans();
    expect(spans.length).toBeLessThan(1200);
    const begin = spans.findIndex(({ from }) => from === lastBegan);
    expect(spans[begin - 1]).toMatchObject({ kind: "status", version: "7.1.4" });
    expect(spans.slice(begin).filter(isPreparing)).toHaveLength(101);
    expect(spans.slice(0, begin).filter(isPreparing)).toHaveLength(0);
  });
});

function isPreparing(span: Span): boolean {
  return span.kind === "status" && span.status.state === "UPGRADE_STATE_PREPARING";
}

/** What can happen to a machine. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("moves", "same", "fails"), waitMs: fc.nat(9000) }),
    fc.record({
      kind: fc.constant("set"),
      waitMs: fc.oneof(
        fc.integer({ min: -10 * hour, max: 10 * hour }),
        fc.integer({ min: -5000, max: 5000 }),
      ),
    }),
    fc.record({ kind: fc.constant("restart"), waitMs: fc.constant(0) }),
  ),
  { maxLength: 60 },
);

describe("whatever steps the wall clock makes", () => {
  it("spans stay in order, never overlap or shrink, and no failure is invented", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { clock, ledger, poll, pass, set, restart, stored } = machine();
        let fails = 0;
        let polls = 0;
        let heardMs: number | null = null;
        let firstMs: number | null = null;
        let holes = 0;
        let restarts = 0;
        for (const { kind, waitMs } of taken) {
          if (kind === "set") {
            set(waitMs);
          } else if (kind === "restart") {
            restart();
            heardMs = null;
            restarts += 1;
          } else {
            // oxlint-disable-next-line no-await-in-loop
            await pass(waitMs + 1);
            poll(kind);
            holes += polls > 0 && waitMs + 1 > 3 * second ? 1 : 0;
            polls += 1;
            firstMs ??= clock.steadyMs();
            fails += kind === "fails" ? 1 : 0;
            heardMs = clock.steadyMs();
          }
          const spans = ledger().spans();
          expectOrder(spans);
          const newest = spans.at(-1);
          if (newest !== undefined && heardMs !== null) {
            expect(clock.now() - newest.to).toBe(clock.steadyMs() - heardMs);
          }
        }
        const spans = ledger().spans();
        expect(lengths(spans.filter(isHeard))).toEqual(lengths(stored().filter(isHeard)));
        expect(spans.reduce((sum, span) => sum + span.polls, 0)).toBe(polls);
        if (restarts === 0 && heardMs !== null) {
          expect(spans.filter((span) => !isHeard(span))).toHaveLength(holes);
          expect((spans.at(-1)?.to ?? 0) - (spans[0]?.from ?? 0)).toBe(heardMs - (firstMs ?? 0));
        }
        const failed = spans.filter(({ kind }) => kind === "unreachable");
        expect(failed.reduce((sum, span) => sum + span.polls, 0)).toBe(fails);
      }),
      { numRuns: 60 },
    );
  });
});

function isHeard({ kind }: Span): boolean {
  return kind !== "unobserved";
}

function expectOrder(spans: readonly Span[]): void {
  spans.forEach((span, index) => {
    expect(span.to).toBeGreaterThanOrEqual(span.from);
    expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? Number.NEGATIVE_INFINITY);
  });
}
