/** What the picture says under the cursor. */
import type { ClusterStatus } from "../../contract/api.ts";
import { type Span, spanEnd, type UnreachableSpan, wholePercent } from "../../upgrade/span.ts";
import { type EpochMs, stateWord } from "../../upgrade/status.ts";
import type { LinkSegment } from "../../upgrade/timeline.ts";
import { failureWord } from "./words/failureWord.ts";
import { nodeName } from "../shell/pageAnswer.ts";

/** What was heard at a moment, in words. */
export type Reading = { readonly title: string; readonly note: string };

/** What is expected after the last answer. */
export type Ahead = Pick<ClusterStatus, "eta" | "etaWhole" | "state">;

/**
 * Reads a history at a moment.
 *
 * @param spans oldest first
 * @param link the link lane that they draw
 * @param heardAt the last answer, which may be newer than the last span's end
 */
export function readingAt(
  spans: readonly Span[],
  link: readonly LinkSegment[],
  at: EpochMs,
  heardAt: EpochMs | null,
  ahead: Ahead,
): Reading {
  const index = spans.findLastIndex((span) => span.from <= at);
  const span = spans[index];
  if (span === undefined) {
    return { title: "Nothing known", note: "Before the first answer on record" };
  }
  const isLast = index === spans.length - 1;
  const end = isLast
    ? Math.max(span.to, span.kind === "status" ? (heardAt ?? 0) : at)
    : spanEnd(span, spans[index + 1]);
  if (at > end) {
    return forecastReading(at, ahead);
  }
  switch (span.kind) {
    case "unobserved":
      return { title: "Not observed", note: "Upgrade Watch was not watching" };
    case "unreachable":
      return { title: silenceTitle(span, link, at), note: span.failure.message };
    case "status": {
      const percent =
        span.status.state === "UPGRADE_STATE_PREPARING" ? wholePercent(span.status.progress) : null;
      const title = stateWord(span.status.state);
      return {
        title: percent === null ? title : `${title} ${percent} %`,
        note: span.node === null ? "Answering" : `Heard from ${nodeName(span.node)}`,
      };
    }
  }
}

function silenceTitle(
  { failure }: UnreachableSpan,
  link: readonly LinkSegment[],
  at: EpochMs,
): string {
  return link.findLast(({ from }) => from <= at)?.kind === "away"
    ? "Away as expected"
    : (failureWord(failure) ?? "No answer");
}

function forecastReading(at: EpochMs, { eta, etaWhole, state }: Ahead): Reading {
  const known = eta ?? etaWhole;
  if (known === null) {
    return { title: "Not heard yet", note: "After the last answer" };
  }
  const word = stateWord(state ?? "");
  if (eta !== null && at < eta.latest) {
    return { title: `Expected: ${word}`, note: `Forecast by ${eta.basis}` };
  }
  if (etaWhole === null) {
    return { title: `Expected: ${word} over by then`, note: `Forecast by ${known.basis}` };
  }
  const title = at < etaWhole.latest ? "Expected: still under way" : "Expected: over by then";
  return { title, note: `Forecast by ${etaWhole.basis}` };
}
