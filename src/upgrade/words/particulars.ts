/** What pages and files call the parts of an upgrade, in the same words. */
import type { Anomaly } from "../runs/anomaly.ts";
import type { Absence } from "../runs/parts.ts";
import type { RunRecord } from "../runs/record.ts";
import type { RunState } from "../runs/runStates.ts";
import { linkWords } from "./link.ts";
import { countWords } from "./run.ts";

/** What one time in which nothing was heard is called. */
export function absenceWord({ kind, polls }: Pick<Absence, "kind" | "polls">): string {
  return kind === "missed" ? `${countWords(polls, "poll")} missed` : linkWords[kind];
}

/** Why it was: in the words of the newest failure. */
export function absenceReason({ failure }: Pick<Absence, "failure">): string {
  return failure?.message ?? "Upgrade Watch was not watching.";
}

const anomalyWords = {
  "progress-fell": "The percent fell",
  "target-changed": "The target was changed",
  "prepared-with-auto-commit": "It stopped at Prepared though it commits by itself",
  "unknown-state": "A state that this page doesn't know",
} as const satisfies Record<Anomaly["reason"], string>;

/** What went on that should not have, in words. */
export function anomalyWordsOf({ reason, figure }: Anomaly): string {
  return `${anomalyWords[reason]}: ${figure}`;
}

/** How an upgrade ended, in a word or two. */
export function outcomeWord({
  outcome,
  prepare,
}: {
  readonly outcome: Pick<RunRecord["outcome"], "kind">;
  readonly prepare: RunRecord["prepare"];
}): string {
  switch (outcome.kind) {
    case "in-flight":
      return "In flight";
    case "proven":
      return "Upgraded";
    case "unproven":
      return "Not proven";
    case "not-committed":
      return "Not committed";
    case "superseded":
      return prepare === "abandoned" ? "Abandoned" : "End not heard";
  }
}

/**
 * How well the length of a stay in a state is known.
 *
 * @param lengthWords writes a length in ms
 */
export function certaintyWords(
  { inferred, open, fromExact, toExact, leastMs, mostMs }: RunState,
  lengthWords: (ms: number) => string,
): string {
  if (inferred) {
    return "not seen; it must have been passed";
  }
  if (open) {
    return fromExact ? "so far" : "so far, at least";
  }
  if (fromExact && toExact) {
    return "exact to a poll";
  }
  return mostMs === null
    ? `at least ${lengthWords(leastMs)}`
    : `${lengthWords(leastMs)} to ${lengthWords(mostMs)}`;
}
