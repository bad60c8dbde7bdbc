import type { Span } from "../../../upgrade/span.ts";
import type { EpochMs } from "../../../upgrade/status.ts";

/**
 * The spans of an upgrade that ended, out of a history that may reach beyond it. The answer that ended it closes them: it
 * stands for the moment of its end and no longer.
 *
 * @param spans oldest first
 */
export function runSpans(
  spans: readonly Span[],
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): readonly Span[] {
  return spans
    .filter((span) => span.from >= from && span.from <= to)
    .map((span) => (span.to > to ? { ...span, to } : span));
}
