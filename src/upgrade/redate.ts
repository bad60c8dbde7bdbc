import type { Span } from "./span.ts";
import type { EpochMs } from "./status.ts";

/** Spans that are all dated by one and the same clock. */
export type Redated = {
  readonly spans: readonly Span[];
  /** By how much what lies before these spans is to be moved. */
  readonly earlierMs: number;
  /** By how much, at least, an earlier process's clock was ahead of the one after it; 0 where none was. */
  readonly aheadMs: number;
};

/**
 * Dates spans by the clock as it is set at present, see decision 015. A span carries the date that it was given when it
 * was heard, and how far the clock was set right before it. So the dates of one process are moved by all that the clock
 * was set since: its durations stay as they were measured. The clock of the process before is unknown: its dates stand,
 * but where they would reach into what came after; there they are moved as far as the order demands.
 *
 * @param spans oldest first, as they were recorded; the same array comes back where nothing is to be moved
 * @param laterMs how far the clock was set since the newest of them
 * @param before what is known to be later than all of them
 */
export function redate(
  spans: readonly Span[],
  laterMs = 0,
  before: EpochMs = Number.POSITIVE_INFINITY,
): Redated {
  let moveMs = laterMs;
  let next = before;
  let aheadMs = 0;
  let isMoved = false;
  const redated: Span[] = [];
  for (const span of spans.toReversed()) {
    const overlapMs = Math.max(0, span.to + moveMs - next);
    aheadMs = Math.max(aheadMs, overlapMs);
    moveMs -= overlapMs;
    const from = span.from + moveMs;
    const to = span.to + moveMs;
    const later = redated.at(-1);
    if (later !== undefined && isStart(later) && later.from !== to) {
      isMoved = true;
      redated[redated.length - 1] = { ...later, from: to };
    }
    isMoved ||= moveMs !== 0;
    redated.push(moveMs === 0 ? span : { ...span, from, to });
    // What lies before a start has no dates of its own: it fills the time between two processes, if only a moment.
    next = isStart(span) ? to - 1 : from;
    moveMs = isStart(span) ? 0 : moveMs + (span.clockSetMs ?? 0);
  }
  return { spans: isMoved ? redated.reverse() : spans, earlierMs: moveMs, aheadMs };
}

function isStart(span: Span): boolean {
  return span.kind === "unobserved" && span.started === true;
}
