import { durationWords } from "../../../upgrade/duration.ts";
import type { ProgressPoint } from "../../../upgrade/progress.ts";
import { wholePercent } from "../../../upgrade/span.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { hourAndMinute, moment } from "../../ui/format.ts";
import type { Axis } from "../axis/axis.ts";
import type { ChartPicture } from "./chart.ts";

/** The progress chart in a few sentences, for those who can't see it. */
export function progressSummary(
  series: readonly ProgressPoint[],
  { gaps, falls, edge }: ChartPicture,
  axis: Axis,
  likelyEnd: EpochMs | null,
  now: EpochMs,
  zone: string,
): string {
  const heard = series.filter(
    ({ at, progress }) => progress !== null && at >= axis.from && at <= axis.to,
  );
  const first = heard[0];
  const last = heard.at(-1);
  if (first === undefined || last === undefined) {
    return "No preparation was heard in this range, so there is no percentage to draw.";
  }
  const at = (epochMs: EpochMs): string => moment(epochMs, now, zone);
  const sentences = [
    `From ${wholePercent(first.progress) ?? 0} % at ${at(first.at)} to ${wholePercent(last.progress) ?? 0} % at ${at(edge?.at ?? last.at)}.`,
    ...gaps.map(({ kind, from, to }) => {
      const what = gapWords[kind];
      return to === null
        ? `${what} since ${at(from)}.`
        : `${what} from ${at(from)} to ${at(to)}, ${durationWords(to - from)}.`;
    }),
    ...falls.map((fall) => `Fell to ${wholePercent(fall.progress) ?? 0} % at ${at(fall.at)}.`),
    likelyEnd === null ? "" : `Likely at 100 % by ${hourAndMinute(likelyEnd, zone)}.`,
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

const gapWords = {
  away: "Away as expected",
  outage: "No answer",
  unobserved: "Not observed",
} as const;
