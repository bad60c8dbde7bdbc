import { countUntil } from "./countUntil.ts";
import { type Span, wholePercent } from "./span.ts";
import type { EpochMs } from "./status.ts";

/**
 * A history as it was heard by a moment of the past: nothing in it was heard later. Of the stretch that holds then, the
 * polls are spread evenly, for their single moments are not kept; of its percent only the whole is sure. A time in which
 * nobody watched ends at the moment.
 *
 * @param spans oldest first
 * @param at the moment
 */
export function heardBy(spans: readonly Span[], at: EpochMs): readonly Span[] {
  const index = countUntil(spans, at, ({ from }) => from) - 1;
  const last = spans[index];
  if (last === undefined) {
    return [];
  }
  const before = spans.slice(0, index);
  const cut = cutSpan(last, at);
  return cut === undefined ? before : [...before, cut];
}

function cutSpan(span: Span, at: EpochMs): Span | undefined {
  if (span.to <= at) {
    return span;
  }
  if (span.kind === "unobserved") {
    return at === span.from ? undefined : { ...span, to: at };
  }
  const { count, last } = pollsBy(span, at);
  if (count === 0) {
    return undefined;
  }
  const shorter = { to: last, polls: count };
  return span.kind === "unreachable"
    ? { ...span, ...shorter }
    : {
        ...span,
        ...shorter,
        status: { ...span.status, progress: wholePercent(span.status.progress) },
      };
}

/** How many polls of a stretch had ended by a moment before its end, and when the last of them did. */
function pollsBy({ kind, from, to, polls, ...span }: Span, at: EpochMs) {
  if (polls <= 1) {
    return { count: 0, last: from };
  }
  // A poll that waits in vain begins the stretch; any other one ends right where it begins.
  const isWaiting = kind === "unreachable" && "failure" in span && span.failure.kind === "timeout";
  const stepMs = (to - from) / (isWaiting ? polls : polls - 1);
  const first = isWaiting ? from + stepMs : from;
  const steps = Math.floor((at - first) / stepMs);
  return { count: steps + 1, last: Math.floor(first + steps * stepMs) };
}

/** About how far apart the polls of a stretch were; null where that can't be told. */
export function pollStepMs({ from, to, polls }: Span): number | null {
  return polls <= 1 ? null : (to - from) / (polls - 1);
}
