import type { Span, UnobservedSpan } from "../../upgrade/span.ts";

/**
 * Spans in the order of their places. Where a place is missing, its record was damaged or lost: that time reads as not
 * observed, or the span before would seem to have held on.
 */
export function withHoles(spans: ReadonlyMap<number, Span>): readonly Span[] {
  const ordered = [...spans].sort(([one], [other]) => one - other);
  return ordered.flatMap(([place, span], index) => {
    const [placeBefore, before] = ordered[index - 1] ?? [place - 1, span];
    const isHole = placeBefore < place - 1 && before.to < span.from;
    return isHole ? [unobserved(before, span), span] : [span];
  });
}

/** The time between two spans, as one that was not observed. */
export function unobserved(before: Pick<Span, "to">, after: Pick<Span, "from">): UnobservedSpan {
  return { kind: "unobserved", from: before.to, to: after.from, polls: 0, node: null };
}
