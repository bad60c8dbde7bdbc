import type { RunDetail } from "../../../contract/runs.ts";
import type { Span } from "../../../upgrade/span.ts";

/**
 * The spans of one upgrade, out of a history that may reach beyond it. Where it has ended, the answer that ended it
 * closes them: it stands for the moment of its end and no longer.
 *
 * @param spans oldest first
 */
export function runSpans(
  spans: readonly Span[],
  { from, to }: Pick<RunDetail, "from" | "to">,
): readonly Span[] {
  if (to === null) {
    return spans.filter((span) => span.from >= from);
  }
  return spans
    .filter((span) => span.from >= from && span.from <= to)
    .map((span) =>
      span.to > to || span.from === to ? { ...span, to: Math.max(span.from, to) } : span,
    );
}
