/** What changed of all clusters since an earlier answer: a page over a thousand of them reads little more than that. */
import * as z from "zod/mini";
import { clustersSchema, summarySchema } from "./api.ts";

/** What every summary has anew in each answer, and no picture is drawn from: it is told apart from what lasts. */
export const momentaryKeys = ["observedAt", "ageMs", "latencyMs", "nextPollInMs"] as const;

/** `/api/clusters?since=`: the summaries that say another thing than at the mark, and how old each picture is. */
export const changesSchema = z.extend(z.omit(clustersSchema, { clusters: true }), {
  /** Opaque; as `since` it asks for what has changed from here on. */
  mark: z.string(),
  /** Whether all clusters are here, because there was no mark, or one from too long ago. */
  isWhole: z.boolean(),
  /** Those that changed. Of the others everything holds but the moments and durations of their last poll. */
  clusters: z.array(summarySchema),
  /** How long ago each cluster was heard, all of them in the order of the whole; null for never. */
  agesMs: z.array(z.nullable(z.number())),
});

export type Changes = z.output<typeof changesSchema>;
