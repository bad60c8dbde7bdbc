import { dayMs, durationWords } from "./duration.ts";
import type { Run } from "./runs/run.ts";
import type { Silence, Situation } from "./situation.ts";
import { type EpochMs, isIdle } from "./status.ts";
import { outagePolls } from "./trouble.ts";
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

/**
 * Whether a cluster answers idle while its nodes still reboot: one node's answer is not the end of a rolling reboot.
 */
export function nodesStillReboot({ heard, reboot }: Situation): boolean {
  return (
    heard !== undefined &&
    isIdle(heard.status.state) &&
    reboot !== null &&
    reboot.state !== "REBOOT_IDLE"
  );
}

/** How long nobody has answered; where we did not watch throughout, nothing is claimed of that time. */
export function silenceWords({ since, watched }: Silence, now: EpochMs): string {
  return `${watched ? "Away" : "Not heard"} for ${durationWords(now - since)}`;
}
