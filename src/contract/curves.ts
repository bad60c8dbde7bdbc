/** What the HTTP API tells of how an upgrade prepared, next to earlier ones of its kind. */
import * as z from "zod/mini";
import { time } from "./api.ts";
import { outcomeKinds, prepareKinds } from "./runs.ts";

/** The progress of one upgrade, counted from the start of PREPARING; see `src/upgrade/comparison/curve.ts`. */
export const curveSchema = z.object({
  startedAt: z.nullable(time),
  startExact: z.boolean(),
  startsEarlierMs: z.nullable(z.number()),
  /** A step line; null breaks it, for nothing was heard. */
  points: z.array(z.object({ ms: z.number(), progress: z.nullable(z.number()) })),
});

/** An upgrade with its curve. */
export const curveRunSchema = z.object({
  /** The cluster's id and name. */
  cluster: z.string(),
  name: z.string(),
  id: z.string(),
  from: time,
  to: z.nullable(time),
  fromVersion: z.nullable(z.string()),
  targetVersion: z.nullable(z.string()),
  outcome: z.enum(outcomeKinds),
  prepare: z.enum(prepareKinds),
  curve: curveSchema,
});

/** `/api/clusters/:id/runs/:run/curve`. */
export const curvesSchema = z.object({
  now: time,
  run: curveRunSchema,
  /** Which upgrades the earlier ones were taken from, in words; null where there are none like it, or none was asked. */
  basis: z.nullable(z.string()),
  /** Earlier upgrades of its kind, newest first; those that can't be read now are left out. */
  earlier: z.array(curveRunSchema),
});

export type Curve = z.output<typeof curveSchema>;
export type CurveRun = z.output<typeof curveRunSchema>;
export type Curves = z.output<typeof curvesSchema>;
