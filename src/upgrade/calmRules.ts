/** The rows of the table of verdicts for an upgrade that goes its way, waits for a person, or is over. */
import { durationWords } from "./duration.ts";
import { rebootCount, rebootDetail } from "./rebootWords.ts";
import type { Situation } from "./situation.ts";
import { wholePercent } from "./span.ts";
import { type EpochMs, isIdle, isState, stateWord } from "./status.ts";
import { isNews, isPresent, nodesStillReboot, type Rule, silenceWords } from "./verdictRule.ts";

/** A person is awaited. */
export const waiting: Rule = (situation) =>
  isPresent(situation) &&
  situation.heard?.status.state === "UPGRADE_STATE_PREPARED" &&
  situation.silence === null
    ? {
        verdict: "waiting",
        attention: "person",
        reason: "prepared-and-commit-is-manual",
        headline: "Waits for you",
        detail: waitingDetail(situation.heard.status.settings?.auto_commit ?? null),
      }
    : null;

function waitingDetail(autoCommit: boolean | null): string {
  return autoCommit === null
    ? "Prepared; the cluster does not say whether the commit is automatic. Most likely nothing happens until someone commits."
    : "Prepared; commit is manual. Nothing happens until someone commits.";
}

/** Past the latest time of its own forecast. */
export const slow: Rule = (situation, now) => {
  const { forecasts, heard } = situation;
  const { slowBy } = forecasts;
  if (!isPresent(situation) || slowBy === null || heard === undefined || now <= slowBy.latest) {
    return null;
  }
  return {
    verdict: "slow",
    attention: "look",
    reason: "past-own-forecast",
    headline: `Slow ${slowWhere(situation)}`,
    detail: `Past the latest time of its own forecast by ${durationWords(now - slowBy.latest)}; it rested on ${slowBy.basis}.`,
  };
};

function slowWhere({ heard, reboot }: Situation): string {
  const state = heard?.status.state ?? "";
  if (state === "UPGRADE_STATE_PREPARING") {
    return `at ${wholePercent(heard?.status.progress ?? null) ?? 0} %`;
  }
  return state === "UPGRADE_STATE_REBOOTING" && reboot !== null && reboot.total > 0
    ? `at ${rebootCount(reboot)}`
    : `in ${stateWord(state)}`;
}

/** Absent as expected. */
export const away: Rule = (situation, now) => {
  const { silence, heard } = situation;
  const expected = silence?.expected ?? null;
  if (silence === null || expected === null || heard === undefined) {
    return null;
  }
  const { attention, typicalMs, basis } = expected;
  const awayWords = silenceWords(silence, now);
  return attention === "look"
    ? {
        verdict: "away",
        attention,
        reason: "absent-while-prepared",
        headline: "Prepared, no answer",
        detail: `${awayWords}: someone may have committed, or it is down. Last reason: ${silence.failure.message}`,
      }
    : {
        verdict: "away",
        attention,
        reason: "absent-as-expected",
        headline: progressHeadline(situation),
        detail: `${awayWords}, as expected; up to ${durationWords(typicalMs)} is typical (${basis}).`,
      };
};

/** An upgrade is in flight. */
export const running: Rule = (situation, now) => {
  const { heard, heardSinceStart, reboot } = situation;
  if (heard !== undefined && heardSinceStart && reboot !== null && nodesStillReboot(situation)) {
    const count = `${reboot.rebooted} of ${reboot.total}`;
    return {
      verdict: "running",
      attention: "none",
      reason: "nodes-still-reboot",
      headline: `Rebooting ${rebootCount(reboot)}`,
      detail: `A node answers idle, but the reboot goes on: ${count} nodes are back.`,
    };
  }
  if (heard === undefined || !heardSinceStart || isIdle(heard.status.state)) {
    return null;
  }
  const detail = isState(heard.status.state) ? runningDetail(situation, now) : "";
  return {
    verdict: "running",
    attention: "none",
    reason: "upgrade-in-flight",
    headline: progressHeadline(situation),
    detail,
  };
};

function runningDetail({ heard, reboot, run }: Situation, now: EpochMs): string {
  switch (heard?.status.state ?? "") {
    case "UPGRADE_STATE_PREPARING":
      return "The new image is being staged; clients notice nothing.";
    case "UPGRADE_STATE_PREPARED":
      return "The image is staged.";
    case "UPGRADE_STATE_COMMITTING":
      return "The commit runs; the API may drop at any moment.";
    case "UPGRADE_STATE_COMMITTED":
      return "Committed, not finished: the restart follows shortly.";
    default:
      return reboot === null || reboot.total === 0
        ? "Nodes reboot into the new version."
        : rebootDetail(reboot, run?.settings ?? null, now);
  }
}

/** The state as a headline, with the figure that goes with it. */
function progressHeadline({ heard, reboot }: Situation): string {
  const state = heard?.status.state ?? "";
  const percent = wholePercent(heard?.status.progress ?? null);
  if (state === "UPGRADE_STATE_PREPARING" && percent !== null) {
    return `Preparing ${percent} %`;
  }
  if (state === "UPGRADE_STATE_REBOOTING" && reboot !== null && reboot.total > 0) {
    return `Rebooting ${rebootCount(reboot)}`;
  }
  return stateWord(state);
}

/** The last upgrade ended within a day, proven by the version. */
export const done: Rule = (situation, now) => {
  const run = situation.run;
  if (
    !isPresent(situation) ||
    run?.outcome.kind !== "proven" ||
    !isNews(run, now) ||
    nodesStillReboot(situation)
  ) {
    return null;
  }
  const { version } = run.outcome;
  return {
    verdict: "done",
    attention: "none",
    reason: "proven-by-version",
    headline: `Upgraded to ${version}`,
    detail: `Proven: it is idle and runs ${version}, the target of its last upgrade.`,
  };
};

/** Nothing is in flight. */
export const idle: Rule = (situation) => {
  const { heard, heardSinceStart, run, blockedReason } = situation;
  if (heard === undefined || !heardSinceStart) {
    return null;
  }
  const facts = [
    // First, for it is what the headline tells of, and a small tile has room for one sentence.
    blockedReason === null
      ? ""
      : `The next upgrade is blocked: ${blockedReason.replace(/\.?$/, ".")}`,
    heard.version === null
      ? "Nothing is in flight."
      : `Nothing is in flight; it runs ${heard.version}.`,
    run?.outcome.kind === "not-committed" ? "The last upgrade ended without commit." : "",
  ];
  return {
    verdict: "idle",
    attention: "none",
    reason: run?.outcome.kind === "not-committed" ? "ended-without-commit" : "nothing-in-flight",
    headline: blockedReason === null ? "Idle" : "Idle, upgrade blocked",
    detail: facts.filter((fact) => fact !== "").join(" "),
  };
};
