/** The same answers as of a moment of the past, computed from what the history holds of the time before it. */
import * as z from "zod/mini";
import { clustersSchema, clusterStatusSchema, time } from "./api.ts";
import { historySchema } from "./spans.ts";
import { changesSchema } from "./changes.ts";

/** Marks an answer as one of the past, so that nothing takes it for the present. */
const replayMark = {
  replay: z.object({
    /** The moment that all of it is as of. */
    at: time,
    /** What the live answers told then and the history does not hold. */
    notRecorded: z.array(z.string()),
  }),
};

/** What a summary of the past can't tell, by the names of its fields. */
export const notRecorded = [
  "blocked",
  "clusterName",
  "latencyMs",
  "nodes",
  "notices",
  "reboot",
  "windowEnd",
] as const;

/** `/api/clusters?at=` */
export const replayedClustersSchema = z.extend(clustersSchema, replayMark);

/** `/api/clusters?since=&at=`: always the whole. */
export const replayedChangesSchema = z.extend(changesSchema, replayMark);

/** `/api/clusters/:id/upgrade/status?at=` */
export const replayedStatusSchema = z.extend(clusterStatusSchema, replayMark);

/** `/api/clusters/:id/history?at=` */
export const replayedHistorySchema = z.extend(historySchema, replayMark);

export type ReplayedClusters = z.output<typeof replayedClustersSchema>;
export type ReplayedStatus = z.output<typeof replayedStatusSchema>;
export type ReplayedHistory = z.output<typeof replayedHistorySchema>;
