/** What the HTTP API tells of upgrades, past and in flight. */
import * as z from "zod/mini";
import { settingsSchema, time } from "./api.ts";
import { failureSchema } from "./spans.ts";
import { noteSchema } from "./notes.ts";

/** How a run may have ended, and that it goes on. */
export const outcomeKinds = [
  "in-flight",
  "proven",
  "unproven",
  "not-committed",
  "superseded",
] as const;

/** How far a preparation came. */
export const prepareKinds = ["begun", "abandoned", "committed"] as const;

const unprovenReasons = [
  "other-version",
  "version-unreadable",
  "target-unknown",
  "target-unreadable",
] as const;

/** One stay in a state; see `src/upgrade/runs/runStates.ts`. */
export const runStateSchema = z.object({
  state: z.string(),
  inferred: z.boolean(),
  from: time,
  to: time,
  open: z.boolean(),
  fromExact: z.boolean(),
  toExact: z.boolean(),
  measuredMs: z.number(),
  inferredMs: z.number(),
  leastMs: z.number(),
  mostMs: z.nullable(z.number()),
  longestStillMs: z.number(),
});

/** Who was waited for, and how long. */
export const runWaitSchema = z.object({
  for: z.enum(["person", "nodes"]),
  ms: z.number(),
  leastMs: z.number(),
  mostMs: z.nullable(z.number()),
  open: z.boolean(),
});

/** What a run's figures rest on; see `src/upgrade/runs/sampling.ts`. */
export const samplingSchema = z.object({
  polls: z.number(),
  failedPolls: z.number(),
  gaps: z.number(),
  restarts: z.number(),
  longestGapMs: z.number(),
  wallMs: z.number(),
  measuredMs: z.number(),
  inferredMs: z.number(),
  unheardMs: z.number(),
  inferredShare: z.number(),
});

/** One upgrade, as lists tell it. */
export const runSummarySchema = z.object({
  /** The cluster's id and name. */
  cluster: z.string(),
  name: z.string(),
  /** E.g. `20261123T140726123Z`; the same after every start. */
  id: z.string(),
  inFlight: z.boolean(),
  from: time,
  fromExact: z.boolean(),
  to: z.nullable(time),
  toExact: z.boolean(),
  toWatched: z.boolean(),
  lastHeard: time,
  fromVersion: z.nullable(z.string()),
  targetVersion: z.nullable(z.string()),
  settings: z.nullable(settingsSchema),
  outcome: z.object({
    kind: z.enum(outcomeKinds),
    reason: z.nullable(z.enum(unprovenReasons)),
    /** In plain English. */
    words: z.string(),
  }),
  /** Which version was read as running, and when: what the outcome rests on. */
  proof: z.nullable(z.object({ version: z.string(), readAt: time })),
  /** `abandoned`: it ended, or another target was set, before any commit. */
  prepare: z.enum(prepareKinds),
  /** The run before, which was abandoned and which this one repeats. */
  repeats: z.nullable(z.string()),
  /** The run after, which repeats this abandoned one. */
  repeatedBy: z.nullable(z.string()),
  states: z.array(runStateSchema),
  waits: z.array(runWaitSchema),
  /** For how long nothing was heard, by reason; see `Absence` in `src/upgrade/runs/parts.ts`. */
  absentMs: z.object({
    away: z.number(),
    outage: z.number(),
    unobserved: z.number(),
    missed: z.number(),
  }),
  /** How many different errors it reported, and how many things went on that should not. */
  errorCount: z.number(),
  anomalyCount: z.number(),
  sampling: samplingSchema,
});

const moreRuns = {
  now: time,
  /** False while there may be older runs that were not read from the history yet, or that can't be read now. */
  complete: z.boolean(),
  /** How many runs that match were left out because of `limit`; ask for them with `to`. */
  left: z.number(),
};

/** `/api/runs` and `/api/clusters/:id/runs`: newest first. */
export const runsSchema = z.object({ ...moreRuns, runs: z.array(runSummarySchema) });

/** `/api/clusters/:id/runs/:run`: one upgrade with all that is known of it. */
export const runSchema = z.extend(runSummarySchema, {
  now: time,
  /** Opaque; changes with every new span of a run that goes on. */
  revision: z.string(),
  absences: z.array(
    z.object({
      kind: z.enum(["away", "outage", "unobserved", "missed"]),
      from: time,
      to: time,
      /** What was last heard before. */
      state: z.string(),
      failure: z.nullable(failureSchema),
      polls: z.number(),
    }),
  ),
  /** Every error it reported, kept after the cluster has cleared it. */
  errors: z.array(
    z.object({
      text: z.string(),
      firstSeen: time,
      lastSeen: time,
      state: z.string(),
      progress: z.nullable(z.number()),
      holds: z.boolean(),
    }),
  ),
  anomalies: z.array(
    z.object({
      reason: z.enum([
        "progress-fell",
        "target-changed",
        "prepared-with-auto-commit",
        "unknown-state",
      ]),
      at: time,
      figure: z.string(),
    }),
  ),
  /** What people pinned to a moment of it, oldest first; null where that can't be read now. */
  notes: z.nullable(z.array(noteSchema)),
  /** The runs of the same cluster right before and after. */
  previous: z.nullable(z.string()),
  next: z.nullable(z.string()),
});

export type OutcomeKind = (typeof outcomeKinds)[number];
export type RunState = z.output<typeof runStateSchema>;
export type RunWait = z.output<typeof runWaitSchema>;
export type Sampling = z.output<typeof samplingSchema>;
export type RunSummary = z.output<typeof runSummarySchema>;
export type Runs = z.output<typeof runsSchema>;
export type RunDetail = z.output<typeof runSchema>;
