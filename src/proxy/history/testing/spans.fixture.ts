import type { Span, StatusSpan } from "../../../upgrade/span.ts";

/** A preparing span at a whole percent, from one second to the next but one. */
export function percentSpan(percent: number, from = percent * 1_000): StatusSpan {
  return {
    kind: "status",
    from,
    to: from + 900,
    polls: 1,
    node: "https://10.20.0.11:8000",
    version: "7.8.0",
    status: {
      state: "UPGRADE_STATE_PREPARING",
      progress: percent,
      settings: null,
      error_info: null,
    },
  };
}

/** The same, of a cluster on which no upgrade is in flight. */
export function idleSpan(percent: number, from?: number): StatusSpan {
  const span = percentSpan(percent, from);
  return { ...span, status: { ...span.status, state: "UPGRADE_STATE_IDLE" } };
}

/** The percents of spans, in order; null for all others. */
export function percentsOf(spans: readonly Span[]): readonly (number | null)[] {
  return spans.map((span) => (span.kind === "status" ? span.status.progress : null));
}
