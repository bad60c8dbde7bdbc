import type { Span } from "../span.ts";
import { type EpochMs, stateWord } from "../status.ts";

/** An error of the cluster's own words, kept after the API has cleared it. */
export type ErrorEntry = {
  readonly text: string;
  readonly firstSeen: EpochMs;
  readonly lastSeen: EpochMs;
  /** The state in which it was first seen. */
  readonly state: string;
  /** The percent at which it was first seen; null outside PREPARING. */
  readonly progress: number | null;
  /** Whether the newest answer still reports it. */
  readonly holds: boolean;
};

/** Every error that a cluster reported in these spans, in the order in which they first appeared. */
export function errorLedger(spans: readonly Span[]): readonly ErrorEntry[] {
  const entries = new Map<string, ErrorEntry>();
  const newest = spans.findLast((span) => span.kind === "status");
  for (const span of spans) {
    const text = span.kind === "status" ? presentError(span.status.error_info) : null;
    if (span.kind !== "status" || text === null) {
      continue;
    }
    const { state, progress } = span.status;
    const before = entries.get(text) ?? { text, firstSeen: span.from, state, progress };
    entries.set(text, { ...before, lastSeen: span.to, holds: span === newest });
  }
  return [...entries.values()];
}

/** The newest error of these spans that the cluster has cleared since; null where there is none. */
export function clearedError(spans: readonly Span[]): ErrorEntry | null {
  return errorLedger(spans).findLast(({ holds }) => !holds) ?? null;
}

const longestQuote = 120;

/** What an upgrade reported before it went on: a later state of the same run does not hide it. */
export function clearedErrorWords({ text, state, progress }: ErrorEntry): string {
  const line = text.trim().replace(/\s+/g, " ");
  const quote = line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
  const percent = progress === null ? "" : ` ${Math.floor(progress)} %`;
  return `Earlier in this upgrade, at ${stateWord(state)}${percent}, it reported an error: ${quote}`;
}

/** The error text, or null when there is none or nothing but white space. */
export function presentError(errorInfo: string | null): string | null {
  return errorInfo === null || errorInfo.trim() === "" ? null : errorInfo;
}
