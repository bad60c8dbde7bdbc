import type { UpgradeStatus } from "../upgrade/status.ts";

/** What was heard of the percentage in the preparation under way. */
export type ScaleKnowledge = {
  /** The newest one; null before the first. */
  readonly last: number | null;
  /** How often it moved while it was never above 1. */
  readonly moves: number;
  /** Whether it was above 1, so that it is a percentage for certain. */
  readonly isPercent: boolean;
};

/** Before any preparation. */
export const noPercent: ScaleKnowledge = { last: null, moves: 0, isPercent: false };

/** A true percentage may well stay below 1 for a few polls. */
const tellingMoves = 5;

/** What is known after another status. */
export function afterPercent(
  before: ScaleKnowledge,
  { state, progress }: UpgradeStatus,
): ScaleKnowledge {
  if (state !== "UPGRADE_STATE_PREPARING") {
    return noPercent;
  }
  if (progress === null) {
    return before;
  }
  return {
    last: progress,
    moves: before.moves + (before.last !== null && before.last !== progress ? 1 : 0),
    isPercent: before.isPercent || progress > 1,
  };
}

/** What is to be said where a percentage only ever moves between 0 and 1; it is shown as it came, no scale is guessed. */
export function scaleDoubt({ moves, isPercent }: ScaleKnowledge): string | null {
  return isPercent || moves < tellingMoves
    ? null
    : "The progress only moves between 0 and 1: it may not be a percentage.";
}
