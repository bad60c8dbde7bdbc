/** The banner about an error that the cluster reports. */
import type { ClusterStatus } from "../../../contract/api.ts";
import { visibleText } from "../../../contract/clusterText.ts";
import type { ErrorEntry } from "../../../upgrade/runs/errors.ts";
import { presentError } from "../../../upgrade/runs/errors.ts";
import { wholePercent } from "../../../upgrade/span.ts";
import { type EpochMs, isState, stateWord } from "../../../upgrade/status.ts";

/** An error as it is shown: our sentence, then the cluster's own text. */
export type ErrorReport = {
  /** What it means here. */
  readonly sentence: string;
  /** At which point it came up, e.g. `Preparing 37 %`. */
  readonly point: string;
  /** When it was first heard; null where the history does not tell. */
  readonly since: EpochMs | null;
  /** The cluster's own text, its first 2 KiB. */
  readonly text: string;
  /** The same in full; null where `text` is all of it. */
  readonly whole: string | null;
};

/**
 * The error that holds now, or null without one.
 *
 * @param ledger the errors of the history
 */
export function errorReport(
  status: ClusterStatus,
  ledger: readonly ErrorEntry[],
): ErrorReport | null {
  const said = presentError(status.status?.error_info ?? null);
  const text = status.errorInfo ?? (said === null ? null : visibleText(said));
  const rebootError = status.verdict === "failed" && text === null;
  if (text === null && !rebootError) {
    return null;
  }
  const entry = ledger.find(({ holds }) => holds);
  const state = entry?.state ?? status.state;
  const progress = entry === undefined ? status.progress : entry.progress;
  const whole = said === null ? null : visibleText(said);
  return {
    sentence: rebootError
      ? "The rolling reboot has stopped on an error: the nodes that are left keep the old version until it is cleared."
      : sentenceOf(state),
    point: pointOf(state, progress),
    since: entry?.firstSeen ?? null,
    text: text ?? status.detail,
    whole: whole === null || text === null || whole.length <= text.length ? null : whole,
  };
}

/** Where in an upgrade it was: `Preparing 37 %`. */
export function pointOf(state: string | null, progress: number | null): string {
  if (state === null) {
    return "";
  }
  const percent = state === "UPGRADE_STATE_PREPARING" ? wholePercent(progress) : null;
  return `${stateWord(state)}${percent === null ? "" : ` ${percent} %`}`;
}

function sentenceOf(state: string | null): string {
  if (state === null || !isState(state)) {
    return "The cluster reports an error in a state that this page doesn't know.";
  }
  switch (state) {
    case "UPGRADE_STATE_IDLE":
      return "The cluster is idle and still reports an error: no upgrade is in flight.";
    case "UPGRADE_STATE_PREPARING":
      return "The preparation has hit an error. Nothing is committed; the cluster runs on its old version.";
    case "UPGRADE_STATE_PREPARED":
      return "The image is staged, yet the cluster reports an error: settle it before anyone commits.";
    case "UPGRADE_STATE_COMMITTING":
    case "UPGRADE_STATE_COMMITTED":
    case "UPGRADE_STATE_REBOOTING":
      return "The upgrade is past the point of return and reports an error: it needs someone now.";
  }
}
