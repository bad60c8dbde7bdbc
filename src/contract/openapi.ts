/** The description of our own HTTP API, generated from the schemas that check it. */
import * as z from "zod/mini";
import {
  clustersSchema,
  clusterStatusSchema,
  errorSchema,
  healthSchema,
  historySchema,
  lanesSchema,
} from "./api.ts";
import { changesSchema } from "./changes.ts";
import { curvesSchema } from "./curves.ts";
import {
  id,
  momentParameter,
  ownHeaderParameter,
  runsParameters,
  sinceParameter,
} from "./openapiParameters.ts";
import { recordHashHeader, recordingSchema } from "./recording.ts";
import { runSchema, runsSchema } from "./runs.ts";
import { signInSchema, viewerSchema } from "./viewer.ts";

const components = {
  Clusters: clustersSchema,
  Changes: changesSchema,
  ClusterStatus: clusterStatusSchema,
  History: historySchema,
  Lanes: lanesSchema,
  Runs: runsSchema,
  Run: runSchema,
  Curves: curvesSchema,
  Recording: recordingSchema,
  Health: healthSchema,
  Viewer: viewerSchema,
  SignIn: signInSchema,
  Error: errorSchema,
};

type Component = keyof typeof components;

function answer(description: string, component: Component) {
  return { description, content: jsonOf(component) };
}

function jsonOf(component: Component) {
  return { "application/json": { schema: { $ref: `#/components/schemas/${component}` } } };
}

const notFound = answer("No such cluster.", "Error");
const badParameter = answer("A parameter can't be used.", "Error");

const tagHeader = {
  ETag: {
    description: "New with every new span, not when the newest one grows.",
    schema: { type: "string" },
  },
};
const unchanged = { description: "No new span since the ETag that was sent as If-None-Match." };

const runParameter = {
  name: "run",
  in: "path",
  required: true,
  description: "The run's id, or `latest`.",
  schema: { type: "string" },
};
const evidenceHeaders = {
  "Content-Disposition": { description: "With a file name.", schema: { type: "string" } },
  [recordHashHeader]: {
    description: "The SHA-256 over the text of `record` in the JSON file.",
    schema: { type: "string" },
  },
};
const noRun = {
  404: answer("No such cluster, or no such run in its history.", "Error"),
  503: answer("The history can't be read, or not yet; Retry-After says when.", "Error"),
};
const runsResponses = {
  200: { ...answer("The upgrades.", "Runs"), headers: tagHeader },
  304: unchanged,
  400: badParameter,
};

const paths = {
  "/healthz": {
    get: {
      summary: "Whether the process serves.",
      responses: { 200: answer("It does.", "Health") },
    },
  },
  "/readyz": {
    get: {
      summary: "Whether every cluster was tried and the history was opened or given up.",
      responses: { 200: answer("Ready.", "Health"), 503: answer("Not yet.", "Health") },
    },
  },
  "/metrics": {
    get: {
      summary: "What Prometheus reads, in its text form; every name begins with upgrade_watch_.",
      responses: {
        200: {
          description: "All metrics.",
          content: { "text/plain": { schema: { type: "string" } } },
        },
      },
    },
  },
  "/api/clusters": {
    get: {
      summary: "A summary of every cluster, or of those that changed.",
      parameters: [sinceParameter],
      responses: {
        200: {
          description: "All summaries; with `since`, the changes.",
          content: {
            "application/json": {
              schema: {
                anyOf: [
                  { $ref: "#/components/schemas/Clusters" },
                  { $ref: "#/components/schemas/Changes" },
                ],
              },
            },
          },
        },
      },
    },
  },
  "/api/clusters/{id}/upgrade/status": {
    get: {
      summary: "One cluster's summary with its own last status reply, validated.",
      parameters: [id],
      responses: { 200: answer("The cluster.", "ClusterStatus"), 404: notFound },
    },
  },
  "/api/clusters/{id}/history": {
    get: {
      summary: "What was heard of one cluster, as spans, oldest first.",
      parameters: [
        id,
        momentParameter("from", "The beginning of the range; 24 hours before its end by default."),
        momentParameter("to", "The end of the range; now by default."),
      ],
      responses: {
        200: {
          ...answer("The spans that touch the range.", "History"),
          headers: tagHeader,
        },
        304: unchanged,
        400: badParameter,
        404: notFound,
      },
    },
  },
  "/api/lanes": {
    get: {
      summary: "The state lanes of all clusters.",
      parameters: [momentParameter("from", "The beginning; 24 hours ago by default.")],
      responses: { 200: answer("A lane for each cluster.", "Lanes"), 400: badParameter },
    },
  },
  "/api/runs": {
    get: {
      summary: "Upgrades of all clusters, past and in flight, newest first.",
      parameters: [
        ...runsParameters,
        {
          name: "cluster",
          in: "query",
          required: false,
          description: "Ids of clusters, separated by commas; all by default.",
          schema: { type: "string" },
        },
      ],
      responses: runsResponses,
    },
  },
  "/api/clusters/{id}/runs": {
    get: {
      summary: "Upgrades of one cluster, past and in flight, newest first.",
      parameters: [id, ...runsParameters],
      responses: { ...runsResponses, 404: notFound },
    },
  },
  "/api/clusters/{id}/runs/{run}": {
    get: {
      summary: "One upgrade with all that is known of it.",
      parameters: [id, runParameter],
      responses: {
        200: { ...answer("The upgrade.", "Run"), headers: tagHeader },
        304: unchanged,
        ...noRun,
      },
    },
  },
  "/api/clusters/{id}/runs/{run}/curve": {
    get: {
      summary:
        "How one upgrade prepared, and earlier ones of its kind, from the start of PREPARING.",
      parameters: [
        id,
        runParameter,
        {
          name: "earlier",
          in: "query",
          required: false,
          description: "So many earlier upgrades that are most like it, the newest; 0 by default.",
          schema: { type: "integer", minimum: 0, maximum: 20 },
        },
      ],
      responses: {
        200: { ...answer("The curves.", "Curves"), headers: tagHeader },
        304: unchanged,
        400: badParameter,
        ...noRun,
      },
    },
  },
  "/api/clusters/{id}/runs/{run}.json": {
    get: {
      summary:
        "One upgrade as a file: all that is known of it, with the spans that it was heard by.",
      parameters: [id, runParameter],
      responses: {
        200: { ...answer("The recording.", "Recording"), headers: evidenceHeaders },
        ...noRun,
      },
    },
  },
  "/api/viewer": {
    get: {
      summary: "As whom one is let in.",
      responses: { 200: answer("The viewer.", "Viewer") },
    },
  },
  "/api/sign-in": {
    post: {
      summary:
        "Turns a user and a password into a session cookie, for pages; scripts use HTTP Basic.",
      parameters: [ownHeaderParameter],
      requestBody: { required: true, content: jsonOf("SignIn") },
      responses: {
        200: answer("Signed in; the cookie is set.", "Viewer"),
        401: answer("The user and the password are not known.", "Error"),
        429: answer("Too many wrong ones; Retry-After says how long to wait.", "Error"),
      },
    },
  },
  "/api/sign-out": {
    post: {
      summary: "Ends the session.",
      parameters: [ownHeaderParameter],
      responses: { 200: answer("Signed out.", "Viewer") },
    },
  },
};

/**
 * The OpenAPI 3.1 document of the HTTP API. The schemas tell what is on the wire: times as ISO 8601 texts.
 *
 * @param version the program's version
 * @param basePath the path below which the API is served
 */
export function openApiDocument(version: string, basePath: string) {
  const schemas = Object.fromEntries(
    Object.entries(components).map(([name, schema]) => {
      const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input" });
      return [name, rest];
    }),
  );
  const fault = answer("Any other fault, such as a verb that is not listed, or 429.", "Error");
  const described = Object.entries(paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([verb, operation]) => [
        verb,
        { ...operation, responses: { ...operation.responses, default: fault } },
      ]),
    ),
  ]);
  return {
    openapi: "3.1.0",
    info: {
      title: "Upgrade Watch",
      version,
      description:
        "Read only, but for signing in: GET, JSON, times in ISO 8601 UTC with milliseconds.",
    },
    servers: [{ url: basePath }],
    paths: Object.fromEntries(described),
    components: { schemas },
  };
}
