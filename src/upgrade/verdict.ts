import { away, done, idle, running, slow, waiting } from "./calmRules.ts";
import { anomaly, late, stalled } from "./doubtRules.ts";
import { clearedErrorWords } from "./runs/errors.ts";
import type { Situation } from "./situation.ts";
import type { EpochMs } from "./status.ts";
import { denied, failed, outage, unproven } from "./troubleRules.ts";
import type { Decision, Link } from "./verdictNames.ts";
import type { Rule } from "./verdictRule.ts";

/**
 * The verdict on a cluster. Page, wall, metrics and alerts all use this one and say its words.
 */
export function decide(situation: Situation, now: EpochMs): Decision {
  for (const rule of rules) {
    const decision = rule(situation, now);
    if (decision !== null) {
      return withClearedError(decision, situation);
    }
  }
  return {
    verdict: "unseen",
    attention: "look",
    reason: "no-answer-since-start",
    headline: "No answer yet",
    detail: `No poll since the start was answered, and fewer than three failed.${situation.heard === undefined ? "" : " What is shown was heard before the restart."}`,
  };
}

function withClearedError(decision: Decision, { clearedError }: Situation): Decision {
  return clearedError === null
    ? decision
    : { ...decision, detail: `${decision.detail} ${clearedErrorWords(clearedError)}`.trim() };
}

/** How the cluster answers, and since when; falls out of the same silence that the verdict judges. */
export function linkOf(situation: Situation, now: EpochMs): { link: Link; since: EpochMs } {
  const { silence, trouble, startedAt, answeringSince } = situation;
  if (trouble !== null) {
    return { link: trouble.link, since: trouble.since };
  }
  if (silence === null) {
    return situation.heardSinceStart && answeringSince !== null
      ? { link: "answering", since: Math.max(answeringSince, startedAt) }
      : { link: "unseen", since: startedAt };
  }
  if (silence.expected !== null) {
    const past = now - silence.since > silence.expected.limitMs;
    return past
      ? { link: "outage", since: silence.since + silence.expected.limitMs }
      : { link: "away", since: silence.since };
  }
  return situation.heardSinceStart
    ? { link: "answering", since: Math.max(answeringSince ?? startedAt, startedAt) }
    : { link: "unseen", since: startedAt };
}

/** The rows of the table, the most urgent first, in the order of the names. */
const rules: readonly Rule[] = [
  failed,
  outage,
  denied,
  unproven,
  stalled,
  late,
  anomaly,
  waiting,
  slow,
  away,
  running,
  done,
  idle,
];
