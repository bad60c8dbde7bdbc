/** The part of our own API that is about what was heard: apart from the rest, because walls' first view does without it. */
import * as z from "zod/mini";
import { failureKinds } from "../upgrade/observation.ts";
import { statusSchema, time } from "./api.ts";

/** Why a poll brought no status; see `src/upgrade/observation.ts`. */
export const failureSchema = z.object({
  kind: z.enum(failureKinds),
  message: z.string(),
  trust: z.optional(z.boolean()),
});

const stretch = {
  from: time,
  to: time,
  polls: z.number(),
  node: z.nullable(z.string()),
  /** The server's clock was set by so much right before; all dates are given by the clock as it is now. */
  clockSetMs: z.optional(z.number()),
};

/** Polls in a row that heard the same; see `src/upgrade/span.ts`. */
export const spanSchema = z.discriminatedUnion("kind", [
  z.object({
    ...stretch,
    kind: z.literal("status"),
    status: statusSchema,
    version: z.nullable(z.string()),
  }),
  z.object({ ...stretch, kind: z.literal("unreachable"), failure: failureSchema }),
  z.object({
    ...stretch,
    kind: z.literal("unobserved"),
    /** Whether it ends with a start of Upgrade Watch. */
    started: z.optional(z.boolean()),
  }),
]);

/** `/api/clusters/:id/history`: spans, oldest first. */
export const historySchema = z.object({
  now: time,
  revision: z.string(),
  spans: z.array(spanSchema),
  /** Only where the range holds more than one answer may carry: what lies before this moment was left out. */
  cutBefore: z.optional(time),
});

export type History = z.output<typeof historySchema>;
