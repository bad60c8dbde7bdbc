import type { Span, StatusSpan } from "../span.ts";
import { isIdle, isState } from "../status.ts";
import { presentError } from "./errors.ts";
import type { RunRecord } from "./record.ts";

/**
 * The spans that one run is told by: its own, with the last answer before it (of a known state, where it begins in one that
 * is not: only with that it is told to be an upgrade), and with what came after it up to the answer that its outcome rests on,
 * and by which an error that it left is cleared. Of the two stretches at the ends, which may be long and which the newest poll
 * still changes, only the answer next to the run is given, as one poll.
 *
 * @param spans the cluster's history, oldest first
 */
export function runExcerpt(
  spans: readonly Span[],
  { from, to, proof }: Pick<RunRecord, "from" | "to" | "proof">,
): readonly Span[] {
  const start = spans.findIndex(
    (span) => span.kind === "status" && span.from === from && !isIdle(span.status.state),
  );
  if (start === -1) {
    return [];
  }
  const beginsKnown = isKnown(spans[start]);
  const before = spans.findLastIndex(
    (span, index) => index < start && span.kind === "status" && (beginsKnown || isKnown(span)),
  );
  const until = to === null ? Number.POSITIVE_INFINITY : Math.max(to, proof?.readAt ?? to);
  const after = spans.findIndex(
    (span, index) =>
      index > start && span.kind === "status" && span.from >= until && !stillReports(span),
  );
  const first = before === -1 ? start : before;
  const last = after === -1 ? spans.length - 1 : after;
  return spans.slice(first, last + 1).map((span, index) => {
    if (first + index === before) {
      return { ...span, from: span.to, polls: 1 };
    }
    // Which address answered first was not kept: a stretch knows the one that answered last.
    return first + index === after ? { ...span, to: span.from, polls: 1, node: null } : span;
  });
}

function isKnown(span: Span | undefined): boolean {
  return span?.kind === "status" && isState(span.status.state);
}

/** Whether an idle after a run still tells the run's error. */
function stillReports({ status }: StatusSpan): boolean {
  return isIdle(status.state) && presentError(status.error_info) !== null;
}
