import type { DrawnHistory } from "../api/history.ts";

/** What is said in place of a history: that it is on its way, or why it can't be had. Null where there is one. */
export function missingWords({ spans, failure }: DrawnHistory): string | null {
  if (spans !== undefined) {
    return null;
  }
  return failure === null
    ? "Asking for what was heard …"
    : `What was heard can't be shown: ${failure.message.replace(/\.?$/, ".")} It is asked for again.`;
}
