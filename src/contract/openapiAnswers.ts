/** What the HTTP API answers, as its description tells it. */
import * as z from "zod/mini";
import {
  clustersSchema,
  clusterStatusSchema,
  errorSchema,
  healthSchema,
  lanesSchema,
} from "./api.ts";
import { historySchema } from "./spans.ts";
import { changesSchema } from "./changes.ts";
import { curvesSchema } from "./curves.ts";
import { newNoteSchema, withdrawSchema } from "./noteRequests.ts";
import { noteSchema, notesSchema } from "./notes.ts";
import { recordingSchema } from "./recording.ts";
import {
  replayedChangesSchema,
  replayedClustersSchema,
  replayedHistorySchema,
  replayedStatusSchema,
} from "./replay.ts";
import { runSchema, runsSchema } from "./runs.ts";
import { signInSchema, viewerSchema } from "./viewer.ts";

const components = {
  Clusters: clustersSchema,
  Changes: changesSchema,
  ClusterStatus: clusterStatusSchema,
  History: historySchema,
  ReplayedClusters: replayedClustersSchema,
  ReplayedChanges: replayedChangesSchema,
  ReplayedStatus: replayedStatusSchema,
  ReplayedHistory: replayedHistorySchema,
  Lanes: lanesSchema,
  Runs: runsSchema,
  Run: runSchema,
  Curves: curvesSchema,
  Recording: recordingSchema,
  Notes: notesSchema,
  Note: noteSchema,
  NewNote: newNoteSchema,
  Withdrawal: withdrawSchema,
  Health: healthSchema,
  Viewer: viewerSchema,
  SignIn: signInSchema,
  Error: errorSchema,
};

type Component = keyof typeof components;

/** An answer of a kind, as JSON. */
export function answer(description: string, component: Component) {
  return { description, content: jsonOf(component) };
}

/** JSON of a kind. */
export function jsonOf(component: Component) {
  return { "application/json": { schema: { $ref: `#/components/schemas/${component}` } } };
}

/** An answer of one of several kinds. */
export function eitherOf(description: string, kinds: readonly Component[]) {
  const schemas = kinds.map((component) => ({ $ref: `#/components/schemas/${component}` }));
  return { description, content: { "application/json": { schema: { anyOf: schemas } } } };
}

export const unread = answer("The history can't be read now; Retry-After says when.", "Error");
export const notFound = answer("No such cluster.", "Error");
export const badParameter = answer("A parameter can't be used.", "Error");

/** All kinds of answers, with what is on the wire: times as ISO 8601 texts. */
export function componentSchemas(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(components).map(([name, schema]) => {
      const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input" });
      return [name, rest];
    }),
  );
}
