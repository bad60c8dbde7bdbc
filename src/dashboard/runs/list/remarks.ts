/** What a row says of an upgrade beside its outcome. */
import type { RunSummary, RunWait } from "../../../contract/runs.ts";
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
    ...waitRemarks(waits),
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

/** Each wait of its own, or those for the same together: an upgrade that is prepared again and again is not told at length. */
function waitRemarks(waits: readonly RunWait[]): readonly Remark[] {
  return (["person", "nodes"] as const).flatMap((who) => {
    const own = waits.filter((wait) => wait.for === who && (wait.ms > 0 || wait.open));
    const [first] = own;
    if (first === undefined || own.length === 1) {
      return first === undefined ? [] : [remark(waitWords(first))];
    }
    const ms = own.reduce((sum, wait) => sum + wait.ms, 0);
    const open = own.some((wait) => wait.open);
    const all = { for: who, ms, leastMs: ms, mostMs: ms, open };
    return [remark(`${waitWords(all)}, ${own.length} times in all`)];
  });
}
