import { dayMs } from "./duration.ts";
import type { Run } from "./run.ts";
import type { Situation } from "./situation.ts";
import type { EpochMs } from "./status.ts";
import { outagePolls } from "./timeline.ts";
import type { Decision } from "./verdictNames.ts";

/** One row of the table of verdicts: a decision where it holds, else null. */
export type Rule = (situation: Situation, now: EpochMs) => Decision | null;

/** A proven or unproven end is news for so long. */
const newsMs = dayMs;

/** Whether what was last heard may be spoken of as present. */
export function isPresent({ heardSinceStart, silence }: Situation): boolean {
  return heardSinceStart && (silence === null || silence.polls < outagePolls);
}

/** Whether a run ended so lately that its end is still worth a word. */
export function isNews(run: Run, now: EpochMs): boolean {
  return run.to !== null && now - run.to < newsMs;
}
