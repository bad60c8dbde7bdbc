/** The rows of the table of verdicts that call for someone to act. */
import { isExcusable } from "./absence.ts";
import { durationWords } from "./duration.ts";
import { wholePercent } from "./span.ts";
import { isIdle, stateWord } from "./status.ts";
import { outagePolls } from "./timeline.ts";
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
export const outage: Rule = ({ silence, heard }, now) => {
  if (silence === null) {
    return null;
  }
  const act = { verdict: "outage", attention: "act" } as const;
  if (!isExcusable(silence.failure)) {
    const headline = "Not trusted";
    return { ...act, reason: "trust-failure", headline, detail: silence.failure.message };
  }
  if (silence.expected !== null) {
    const { limitMs, basis } = silence.expected;
    const awayMs = now - silence.since;
    const detail = `${silenceWords(silence, now)}, past the limit of ${durationWords(limitMs)} (${basis}). Last reason: ${silence.failure.message}`;
    return awayMs > limitMs
      ? { ...act, reason: "absence-past-limit", headline: "Not back", detail }
      : null;
  }
  if (silence.failure.kind === "auth" || silence.polls < outagePolls) {
    return null;
  }
  const last =
    heard === undefined
      ? "Nothing was heard before."
      : `Last heard ${stateWord(heard.status.state)}, where an absence is not expected.`;
  const detail = `${silence.polls} polls in a row without an answer. ${last} Last reason: ${silence.failure.message}`;
  return { ...act, reason: "three-polls-unanswered", headline: "No answer", detail };
};

/** The cluster refuses our sign-in, or the privilege to read the upgrade. */
export const denied: Rule = ({ silence }) =>
  silence !== null && silence.expected === null && silence.failure.kind === "auth"
    ? {
        verdict: "denied",
        attention: "act",
        reason: "access-denied",
        headline: "Access denied",
        detail: silence.failure.message,
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
