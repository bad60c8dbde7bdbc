/** What a row says of an upgrade beside its outcome. */
import type { RunSummary } from "../../../contract/runs.ts";
import { measuredWords } from "../../../upgrade/duration.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { countWords, repeatWords, shareWords, waitWords } from "../../../upgrade/words/run.ts";
import type { IconShape } from "../../ui/Icon.tsx";

/** One remark; its shape and tone are only given where somebody should look. */
export type Remark = {
  readonly words: string;
  readonly shape: IconShape | null;
  readonly tone: Tone | null;
};

/** What is worth knowing at a glance, the gravest first. */
export function remarksOf(run: RunSummary): readonly Remark[] {
  const { errorCount, anomalyCount, absentMs, waits, sampling } = run;
  const repeated = repeatWords(run);
  return [
    ...(errorCount > 0 ? [remark(countWords(errorCount, "error"), "warning", "act")] : []),
    ...(absentMs.outage > 0
      ? [remark(`no answer for ${measuredWords(absentMs.outage)}`, "cross", "act")]
      : []),
    ...(anomalyCount > 0
      ? [remark(countWords(anomalyCount, "oddity", "oddities"), "diamond", "look")]
      : []),
    ...(repeated === null ? [] : [remark(repeated)]),
    ...waits.filter(({ ms, open }) => ms > 0 || open).map((wait) => remark(waitWords(wait))),
    ...(absentMs.away > 0 ? [remark(`away as expected for ${measuredWords(absentMs.away)}`)] : []),
    ...(absentMs.unobserved > 0
      ? [remark(`not watched for ${measuredWords(absentMs.unobserved)}`)]
      : []),
    ...(sampling.inferredShare > 0
      ? [remark(`${shareWords(sampling.inferredShare)} of its time inferred`)]
      : []),
  ];
}

function remark(words: string, shape: IconShape | null = null, tone: Tone | null = null): Remark {
  return { words, shape, tone };
}
