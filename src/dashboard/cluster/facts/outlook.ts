/** What is forecast of the upgrade in flight, in words, and whether its change window is long enough. */
import type { ClusterStatus } from "../../../contract/api.ts";
import { measuredWords } from "../../../upgrade/duration.ts";
import { type EpochMs, isIdle, stateWord } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { windowOutlook } from "../../../upgrade/window.ts";
import { minuteMoment } from "../../ui/format.ts";

/** A line of the outlook. */
export type OutlookRow = {
  readonly name: string;
  readonly value: string;
  /** What it rests on, or more of it; null where there is no more to say. */
  readonly note: string | null;
  readonly tone: Tone | "plain";
};

/**
 * The lines of the outlook; none while no upgrade is in flight.
 *
 * @param windowEnd from the address or the configuration; null where neither gives one
 */
export function outlookRows(
  status: ClusterStatus,
  windowEnd: EpochMs | null,
  zone: string,
): readonly OutlookRow[] {
  const { state, now, eta, etaWhole, afterCommit } = status;
  if (state === null || isIdle(state)) {
    return [];
  }
  const rows: OutlookRow[] = [];
  if (eta !== null) {
    rows.push(endRow(`${stateWord(state)} over`, eta, now, zone));
  }
  if (etaWhole !== null) {
    rows.push(endRow("Upgrade over", etaWhole, now, zone));
  }
  if (afterCommit !== null) {
    const { earliestMs, likelyMs, latestMs, basis } = afterCommit;
    rows.push({
      name: "After the commit",
      value: `about ${measuredWords(likelyMs)} (${measuredWords(earliestMs)} – ${measuredWords(latestMs)})`,
      note: `By ${basis}`,
      tone: "plain",
    });
  }
  if (rows.length === 0) {
    rows.push({ name: "Forecast", value: "none yet", note: "Too little is known.", tone: "plain" });
  }
  const outlook = windowOutlook(windowEnd, status, now);
  if (outlook !== null) {
    const { end, fit, words, commitBy } = outlook;
    rows.push({
      name: "Change window",
      value: `until ${minuteMoment(end, now, zone)}`,
      note: commitBy === null ? words : `${words} ${commitWords(commitBy, now, zone)}`,
      tone: fit === "over" || fit === "overruns" ? "act" : fit === "at-risk" ? "look" : "plain",
    });
  }
  return rows;
}

function endRow(
  name: string,
  { earliest, likely, latest, basis }: NonNullable<ClusterStatus["eta"]>,
  now: EpochMs,
  zone: string,
): OutlookRow {
  const [from, about, to] = [earliest, likely, latest].map((at) => minuteMoment(at, now, zone));
  const range = from === to ? "" : ` (${from} – ${to})`;
  return { name, value: `about ${about}${range}`, note: `By ${basis}`, tone: "plain" };
}

function commitWords(commitBy: EpochMs, now: EpochMs, zone: string): string {
  return commitBy < now
    ? "No commit is sure to fit any more."
    : `Commit by ${minuteMoment(commitBy, now, zone)} at the latest.`;
}
