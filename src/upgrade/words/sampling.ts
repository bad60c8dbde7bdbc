import { measuredWords } from "../duration.ts";
import type { Sampling } from "../runs/sampling.ts";
import { countWords, shareWords } from "./run.ts";

/** What the figures of an upgrade rest on, in a few sentences. */
export function samplingWords({ sampling }: { readonly sampling: Sampling }): string {
  const { polls, failedPolls, gaps, restarts, longestGapMs, wallMs } = sampling;
  const share = (ms: number): string => shareWords(wallMs === 0 ? 0 : ms / wallMs);
  const failed = failedPolls === 0 ? "all of them answered" : `${failedPolls} of them not answered`;
  const longest = gaps === 1 ? "for" : "the longest for";
  const started = restarts === 0 ? "" : `; it was started anew ${countWords(restarts, "time")}`;
  return [
    `It rests on ${countWords(polls, "poll")}, ${failed}.`,
    gaps === 0
      ? "Upgrade Watch was watching all the time."
      : `Upgrade Watch was not watching ${countWords(gaps, "time")}, ${longest} ${measuredWords(longestGapMs)}${started}.`,
    `Of its time ${share(sampling.measuredMs)} was measured, ${share(sampling.inferredMs)} is inferred (the same state before and after), ${share(sampling.unheardMs)} was not heard.`,
  ].join(" ");
}
