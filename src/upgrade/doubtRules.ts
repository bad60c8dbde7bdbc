/** The rows of the table of verdicts that ask someone to look. */
import { durationWords, hourMs, measuredWords, minuteMs } from "./duration.ts";
import type { Stillness } from "./forecast/forecast.ts";
import type { Anomaly } from "./runs/anomaly.ts";
import { wholePercent } from "./span.ts";
import { isState, stateWord } from "./status.ts";
import type { Decision } from "./verdictNames.ts";
import { isPresent, type Rule, silenceWords } from "./verdictRule.ts";

const stalledPreparingMs = 20 * minuteMs;
const stalledCommitMs = 10 * minuteMs;
const stalledRollingMs = hourMs;

/** Nothing has changed for longer than such a thing should take. */
export const stalled: Rule = (situation, now) => {
  const { heard, unchangedSince, stateSince, reboot } = situation;
  const { stillness } = situation.forecasts;
  const awayAsExpected = situation.silence !== null && situation.silence.expected !== null;
  if (heard === undefined || stateSince === null || unchangedSince === null || awayAsExpected) {
    return null;
  }
  const stall = (
    headline: string,
    forMs: number,
    fixedMs: number,
    what: string,
  ): Decision | null => {
    const { limitMs, words } = stallLimit(fixedMs, stillness);
    return isPresent(situation) && forMs > limitMs
      ? {
          verdict: "stalled",
          attention: "look",
          reason: "no-change",
          headline,
          detail: `${what} for ${durationWords(forMs)}; more than ${durationWords(limitMs)} counts as stalled${words}.`,
        }
      : null;
  };
  const { state, progress } = heard.status;
  switch (state) {
    case "UPGRADE_STATE_PREPARING": {
      const percent = wholePercent(progress);
      const at = percent === null ? "" : ` at ${percent} %`;
      return stall(`Stalled${at}`, now - unchangedSince, stalledPreparingMs, `No change${at}`);
    }
    case "UPGRADE_STATE_COMMITTING":
    case "UPGRADE_STATE_COMMITTED": {
      const word = stateWord(state);
      return stall(
        `Stalled in ${word}`,
        now - stateSince,
        stalledCommitMs,
        `${word} has not ended`,
      );
    }
    case "UPGRADE_STATE_REBOOTING": {
      if (reboot === null || heard.status.settings?.do_rolling_reboot !== true) {
        return null;
      }
      const count = `${reboot.rebooted} of ${reboot.total}`;
      const forMs = now - Math.max(stateSince, reboot.since);
      const paused = reboot.state === "REBOOT_PAUSED" ? "The cluster has paused the reboot. " : "";
      return stall(
        `Stalled at ${count}`,
        forMs,
        stalledRollingMs,
        `${paused}No other node came back after ${count}`,
      );
    }
    default:
      return null;
  }
};

/** Twice the longest time that enough earlier upgrades stood still, where that is more than the fixed limit. */
function stallLimit(
  fixedMs: number,
  stillness: Stillness | null,
): { readonly limitMs: number; readonly words: string } {
  if (stillness === null) {
    return { limitMs: fixedMs, words: "" };
  }
  const { longestMs, basis } = stillness;
  return 2 * longestMs > fixedMs
    ? { limitMs: 2 * longestMs, words: `, twice the longest of ${basis}` }
    : { limitMs: fixedMs, words: `; the longest of ${basis} was ${measuredWords(longestMs)}` };
}

/** An expected absence beyond the typical, within its limit. */
export const late: Rule = ({ silence }, now) => {
  const expected = silence?.expected ?? null;
  if (silence === null || expected === null || now - silence.since <= expected.typicalMs) {
    return null;
  }
  const { typicalMs, limitMs, basis } = expected;
  return {
    verdict: "late",
    attention: "look",
    reason: "absence-beyond-typical",
    headline: "Late to return",
    detail: `${silenceWords(silence, now)}; up to ${durationWords(typicalMs)} is typical, ${durationWords(limitMs)} is the limit (${basis}).`,
  };
};

/** Something that should not be. */
export const anomaly: Rule = (situation) => {
  const { heard, run } = situation;
  if (heard === undefined || !isPresent(situation)) {
    return null;
  }
  const found =
    run?.to === null
      ? run.anomalies.findLast(({ reason }) => stillMatters(reason, heard.status.state))
      : undefined;
  if (found !== undefined) {
    return { verdict: "anomaly", attention: "look", reason: found.reason, ...anomalyWords(found) };
  }
  if (!isState(heard.status.state)) {
    const words = anomalyWords({ reason: "unknown-state", at: 0, figure: heard.status.state });
    return { verdict: "anomaly", attention: "look", reason: "unknown-state", ...words };
  }
  return null;
};

/** An anomaly of one state is over with that state; a changed target concerns the whole run. */
function stillMatters(reason: Anomaly["reason"], state: string): boolean {
  switch (reason) {
    case "target-changed":
      return true;
    case "progress-fell":
      return state === "UPGRADE_STATE_PREPARING";
    case "prepared-with-auto-commit":
      return state === "UPGRADE_STATE_PREPARED";
    case "unknown-state":
      return !isState(state);
  }
}

function anomalyWords({ reason, figure }: Anomaly): Pick<Decision, "headline" | "detail"> {
  switch (reason) {
    case "target-changed":
      return {
        headline: `Target changed to ${figure}`,
        detail: `The target version changed to ${figure} while an upgrade was in flight; this counts as a new upgrade.`,
      };
    case "progress-fell":
      return {
        headline: "Progress fell",
        detail: `Progress fell from ${figure}; it should only ever rise.`,
      };
    case "prepared-with-auto-commit":
      return {
        headline: "Prepared, yet commit is automatic",
        detail: "Prepared though auto_commit is true: the commit should have begun by itself.",
      };
    case "unknown-state":
      return {
        headline: stateWord(figure),
        detail: `The cluster names a state that is none of the six: ${figure}.`,
      };
  }
}
