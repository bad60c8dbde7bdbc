import type { RunDraft } from "./cut.ts";
import type { RunPart } from "./parts.ts";

/** What a run's figures rest on. All lengths are of time between its first answer and its end. */
export type Sampling = {
  /** Polls in it, */
  readonly polls: number;
  /** and how many of them were not answered. */
  readonly failedPolls: number;
  /** Times in which we were not watching, */
  readonly gaps: number;
  /** and how many of them ended with a start of ours. */
  readonly restarts: number;
  readonly longestGapMs: number;
  readonly wallMs: number;
  readonly measuredMs: number;
  readonly inferredMs: number;
  readonly unheardMs: number;
  /** `inferredMs` as a part of `wallMs`, 0 to 1. */
  readonly inferredShare: number;
};

/**
 * Counts what a run was heard by.
 *
 * @param parts the run's time, divided; see `parts.ts`
 */
export function samplingOf({ spans }: RunDraft, parts: readonly RunPart[]): Sampling {
  const gaps = spans.filter((span) => span.kind === "unobserved");
  const lengthOf = (kind?: RunPart["kind"]): number =>
    parts.reduce(
      (sum, part) => (kind === undefined || part.kind === kind ? sum + part.to - part.from : sum),
      0,
    );
  const wallMs = lengthOf();
  const inferredMs = lengthOf("inferred");
  return {
    polls: spans.reduce((sum, span) => sum + span.polls, 0),
    failedPolls: spans.reduce(
      (sum, span) => sum + (span.kind === "unreachable" ? span.polls : 0),
      0,
    ),
    gaps: gaps.length,
    restarts: gaps.filter(({ started }) => started === true).length,
    longestGapMs: gaps.reduce((longest, { from, to }) => Math.max(longest, to - from), 0),
    wallMs,
    measuredMs: lengthOf("measured"),
    inferredMs,
    unheardMs: lengthOf("unheard"),
    inferredShare: wallMs === 0 ? 0 : inferredMs / wallMs,
  };
}
