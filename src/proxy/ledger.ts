import type { Observation } from "../upgrade/observation.ts";
import { applyChange, type Change, observe, type Span } from "../upgrade/span.ts";
import { dayMs } from "../upgrade/duration.ts";
import { redate } from "../upgrade/redate.ts";
import { lastRun } from "../upgrade/runs/run.ts";
import type { Clock } from "./clock.ts";

/** What is published of a ledger. */
export type LedgerView = {
  /** Oldest first, at least since the last run began. */
  readonly spans: readonly Span[];
  /** The same spans, dated as they were when they were heard. */
  readonly stored: readonly Span[];
  /** Changes with every new span, and when the spans are dated anew. */
  readonly revision: string;
  /** By how much the dates of what is stored from before these spans are to be moved; see `upgrade/redate.ts`. */
  readonly earlierMs: number;
};

/** Tells a stored span from the others of its cluster: a stretch changes neither. */
export function storedAs({ kind, from }: Span): string {
  return `${kind} ${from}`;
}

/** What one cluster was heard to say, in memory, all of it dated by the wall clock as it is set now. */
export type Ledger = {
  readonly spans: () => readonly Span[];
  /** All that is published of it. */
  readonly view: () => LedgerView;
  /** How far the newest record of an earlier process lay ahead of our clock at the start; 0 where it did not. */
  readonly aheadMs: () => number;
  /** Takes over what an earlier process stored; late, what there is of that before the own. */
  readonly takeOver: (stored: readonly Span[]) => void;
  /**
   * Adds what a poll brought.
   *
   * @param intervalMs the wait that was planned before it
   * @returns what is to be stored, dated as it was heard
   */
  readonly add: (observation: Observation, intervalMs: number) => Change;
  /** The wall clock was set. */
  readonly clockSet: (byMs: number) => void;
};

/** More than a rolling reboot brings whose answers and resets alternate every second, for five hours. */
const mostSpansInMemory = 20_000;
/** So many are never worth the work of letting some go: more than five upgrades bring. */
const leastSpansTrimmed = 1_000;

/** An empty ledger of a process that starts now. */
export function openLedger(clock: Pick<Clock, "now" | "steadyMs" | "dateOf">): Ledger {
  const startedMs = clock.steadyMs();
  const name = clock.now().toString(36);
  let stored: readonly Span[] = [];
  let dated = redate(stored);
  let changes = 0;
  let justStarted = true;
  let clockSetMs = 0;
  let trimAt = leastSpansTrimmed;

  const date = (): void => {
    dated = redate(stored, clockSetMs, justStarted ? clock.dateOf(startedMs) - 1 : undefined);
  };

  return {
    spans: () => dated.spans,
    view: () => ({
      spans: dated.spans,
      stored,
      revision: `${name}-${changes}`,
      earlierMs: dated.earlierMs,
    }),
    aheadMs: () => dated.aheadMs,
    takeOver: (spans) => {
      const [first] = stored;
      const isLate = first !== undefined;
      stored = isLate ? [...spans.filter(({ from }) => from < first.from), ...stored] : spans;
      changes += isLate ? 1 : 0;
      date();
      trim();
    },
    add: (observation, intervalMs) => {
      const last = dated.spans.at(-1);
      const change = observe(last, observation, intervalMs, { justStarted, clockSetMs });
      justStarted = false;
      clockSetMs = 0;
      const isPlain = dated.spans === stored;
      stored = applyChange(stored, change);
      if (isPlain) {
        dated = { ...dated, spans: stored };
      } else {
        date();
      }
      trim();
      changes += change.kind === "append" ? change.spans.length : 0;
      return change;
    },
    clockSet: (byMs) => {
      clockSetMs += stored.length === 0 ? 0 : byMs;
      changes += 1;
      date();
    },
  };

  /**
   * Keeps the last day and the last run, whichever reaches further back, with the answer before; of more than the bound only
   * the newest. What is let go is in the history, and as much again comes in before any of it is looked at anew.
   */
  function trim(): void {
    const { spans } = dated;
    if (spans.length < trimAt) {
      return;
    }
    const now = clock.now();
    const keepFrom = Math.min(lastRun(spans)?.from ?? now, now - dayMs);
    const within = spans.findIndex((span) => span.to >= keepFrom);
    const first = spans.findLastIndex((span, index) => index < within && span.kind === "status");
    stored = stored.slice(Math.max(first, 0, spans.length - mostSpansInMemory / 2));
    trimAt = Math.min(mostSpansInMemory, Math.max(leastSpansTrimmed, 2 * stored.length));
    date();
  }
}
