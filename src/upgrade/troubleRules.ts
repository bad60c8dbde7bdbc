/** The rows of the table of verdicts that call for someone to act. */
import { isExcusable } from "./absence.ts";
import { durationWords } from "./duration.ts";
import { wholePercent } from "./span.ts";
import { isIdle, stateWord } from "./status.ts";
import type { Situation } from "./situation.ts";
import { outagePolls, steadyPolls, type Trouble } from "./trouble.ts";
import type { Decision } from "./verdictNames.ts";
import { isNews, isPresent, nodesStillReboot, type Rule, silenceWords } from "./verdictRule.ts";

/** The cluster reports an error, of the upgrade or of the reboot. */
export const failed: Rule = ({ errorInfo, reboot, heard }) => {
  if (errorInfo !== null && heard !== undefined) {
    const percent = wholePercent(heard.status.progress);
    const preparing = heard.status.state === "UPGRADE_STATE_PREPARING";
    const at = preparing && percent !== null ? ` at ${percent} %` : "";
    const where = isIdle(heard.status.state)
      ? "The cluster is idle and still reports"
      : `${stateWord(heard.status.state)} stopped${at}: the cluster reports`;
    return {
      verdict: "failed",
      attention: "act",
      reason: "error-info-set",
      headline: `Failed${at}`,
      detail: `${where} an error.`,
    };
  }
  if (reboot !== null && reboot.error !== null) {
    return {
      verdict: "failed",
      attention: "act",
      reason: "reboot-error",
      headline: `Reboot stopped at ${reboot.rebooted} of ${reboot.total}`,
      detail: `The rolling reboot reports an error: ${reboot.error}`,
    };
  }
  return null;
};

/** Not answering where that is not expected, or for longer than expected, or by a peer that is not trusted. */
export const outage: Rule = ({ silence, trouble, heard }, now) => {
  const act = { verdict: "outage", attention: "act" } as const;
  if (trouble?.link === "outage") {
    return { ...act, ...outageWords(trouble, silence, heard) };
  }
  const expected = silence?.expected ?? null;
  if (silence === null || expected === null || now - silence.since <= expected.limitMs) {
    return null;
  }
  const { limitMs, basis } = expected;
  const detail = `${silenceWords(silence, now)}, past the limit of ${durationWords(limitMs)} (${basis}). Last reason: ${silence.failure.message}`;
  return { ...act, reason: "absence-past-limit", headline: "Not back", detail };
};

function outageWords(
  trouble: Trouble,
  silence: Situation["silence"],
  heard: Situation["heard"],
): Pick<Decision, "reason" | "headline" | "detail"> {
  const { failure, polls, failed } = trouble;
  if (!isExcusable(failure)) {
    const isOther = failure.kind === "invalid";
    const headline = isOther ? "Another cluster" : "Not trusted";
    const reason = isOther ? "another-cluster" : "trust-failure";
    return { reason, headline, detail: failure.message };
  }
  if (polls > failed && (silence === null || silence.polls < outagePolls)) {
    const detail = `${failed} of the last ${polls} polls were not answered; it is back after ${steadyPolls} answers in a row. Last reason: ${failure.message}`;
    return { reason: "answers-now-and-then", headline: "No steady answer", detail };
  }
  const last =
    heard === undefined
      ? "Nothing was heard before."
      : `Last heard ${stateWord(heard.status.state)}, where an absence is not expected.`;
  const detail = `${silence?.polls ?? failed} polls in a row without an answer. ${last} Last reason: ${failure.message}`;
  return { reason: "three-polls-unanswered", headline: "No answer", detail };
}

/** The cluster refuses our sign-in, or the privilege to read the upgrade. */
export const denied: Rule = ({ trouble }) =>
  trouble?.link === "denied"
    ? {
        verdict: "denied",
        attention: "act",
        reason: "access-denied",
        headline: "Access denied",
        detail: trouble.failure.message,
      }
    : null;

const doubts = {
  "version-unreadable": "the running version can't be read",
  "target-unknown": "its target version was never heard",
  "target-unreadable": "its target version can't be compared with the running one",
} as const;

/** Idle after an upgrade, without proof that it took. */
export const unproven: Rule = (situation, now) => {
  const run = situation.run;
  if (
    !isPresent(situation) ||
    run?.outcome.kind !== "unproven" ||
    !isNews(run, now) ||
    nodesStillReboot(situation)
  ) {
    return null;
  }
  const { reason, version } = run.outcome;
  const headline = "Not proven";
  if (reason === "other-version") {
    const target = run.targetVersion ?? "its target";
    const detail = `Idle on ${version ?? "an unknown version"}, but the target was ${target}: the upgrade did not take.`;
    return { verdict: "unproven", attention: "act", reason, headline, detail };
  }
  const detail = `Idle after an upgrade, but ${doubts[reason]}, so nothing proves that it took.`;
  return { verdict: "unproven", attention: "look", reason, headline, detail };
};
