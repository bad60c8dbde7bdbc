import type { Span } from "../../../upgrade/span.ts";
import type { EpochMs } from "../../../upgrade/status.ts";

/**
 * The spans of an upgrade that ended, out of a history that reaches beyond it. What was heard right before it stays, for
 * by that its start is known; the answer that ended it closes them, and stands for the moment of its end and no longer.
 *
 * @param spans oldest first
 */
export function runSpans(
  spans: readonly Span[],
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): readonly Span[] {
  const before = spans.findLast((span) => span.from < from);
  const within = spans
    .filter((span) => span.from >= from && span.from <= to)
    .map((span) => (span.to > to ? { ...span, to } : span));
  return before === undefined ? within : [before, ...within];
}
