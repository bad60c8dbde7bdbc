import { dayMs, minuteMs } from "../../upgrade/duration.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { storedAs } from "../ledger.ts";

/** More than a poll each second brings in thirty years: the sum of all stays exact. */
const mostPolls = 1_000_000_000;
/** A hundred years: more than any clock is set by that people mean to be right. */
const mostSetMs = 100 * 366 * dayMs;
/** By so much the clocks of two machines may differ. */
const slackMs = 5 * minuteMs;

/** Checks the records of one cluster, one after the other. */
export type RecordCheck = {
  /** What is wrong with the next one, in a sentence; null where nothing is. */
  readonly next: (span: Span) => string | null;
  /**
   * The same of the last one, at the end. A clock that ran ahead may have dated the ones before it: they are as old as
   * what came after them.
   */
  readonly end: () => string | null;
};

/** @param now the present moment: nothing was heard later */
export function checkRecords(now: EpochMs): RecordCheck {
  const known = new Map<string, Span>();
  let last: Span | null = null;
  return {
    next: (span) => {
      const key = storedAs(span);
      const same = known.get(key);
      const words =
        same !== undefined && span.kind !== "unobserved" && isEqual(same, span)
          ? "a record is there for the second time."
          : (faultOf(span) ?? (last === null ? null : orderFault(last, span)));
      known.set(key, span);
      last = span;
      return words;
    },
    end: () =>
      last !== null && last.to > now + slackMs
        ? `a record ends at ${new Date(last.to).toISOString()}, which is still to come. Look whether the clock of this machine is right.`
        : null,
  };
}

function isEqual(one: Span, other: Span): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function faultOf({ from, to, polls, clockSetMs = 0 }: Span): string | null {
  if (to < from) {
    return "a record ends before it begins.";
  }
  if (!Number.isInteger(polls) || polls < 0 || polls > mostPolls) {
    return `a record is of ${polls} polls, which can't be.`;
  }
  return Math.abs(clockSetMs) > mostSetMs
    ? `a record tells that a clock was set by ${clockSetMs} ms, which can't be.`
    : null;
}

/** Records follow each other, but where a clock was set back, or where the process before had another clock. */
function orderFault(before: Span, span: Span): string | null {
  if (span.kind === "unobserved" && span.started === true) {
    return null;
  }
  const { from, clockSetMs = 0 } = span;
  // The dates in a file are whole milliseconds, by how much a clock was set need not be.
  const earliest = clockSetMs < 0 ? Math.floor(before.to + clockSetMs) - 1 : before.to;
  return from < earliest
    ? "a record begins before the one before it has ended, and no clock was set back there."
    : null;
}
