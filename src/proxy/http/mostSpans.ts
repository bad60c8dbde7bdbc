import type { History } from "../../contract/spans.ts";

/** More spans than this are not sent at once: a chart can't show them, and a browser should not have to parse them. */
export const mostSpans = 11_000;

/** The newest spans, with the moment before which others were left out. */
export function newestSpans<Answer extends History>(history: Answer): Answer {
  if (history.spans.length <= mostSpans) {
    return history;
  }
  const spans = history.spans.slice(-mostSpans);
  const cutBefore = spans[0]?.from ?? history.now;
  return { ...history, spans, cutBefore };
}
