/** The description of our own HTTP API, generated from the schemas that check it. */
import {
  answer,
  badParameter,
  componentSchemas,
  eitherOf,
  jsonOf,
  notFound,
  unread,
} from "./openapiAnswers.ts";
import { evidencePaths, noRun, runParameter } from "./openapiEvidence.ts";
import {
  atParameter,
  id,
  momentParameter,
  ownHeaderParameter,
  runsParameters,
  sinceParameter,
} from "./openapiParameters.ts";

const tagHeader = {
  ETag: {
    description: "New with every new span, not when the newest one grows.",
    schema: { type: "string" },
  },
};
const unchanged = { description: "No new span since the ETag that was sent as If-None-Match." };

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
      parameters: [sinceParameter, atParameter],
      responses: {
        200: eitherOf("All summaries; with `since`, the changes.", [
          "Clusters",
          "Changes",
          "ReplayedClusters",
          "ReplayedChanges",
        ]),
        400: badParameter,
        429: answer("Too many ask for the past of the whole fleet at once.", "Error"),
        503: unread,
      },
    },
  },
  "/api/clusters/{id}/upgrade/status": {
    get: {
      summary: "One cluster's summary with its own last status reply, validated.",
      parameters: [id, atParameter],
      responses: {
        200: eitherOf("The cluster.", ["ClusterStatus", "ReplayedStatus"]),
        400: badParameter,
        404: notFound,
        503: unread,
      },
    },
  },
  "/api/clusters/{id}/history": {
    get: {
      summary: "What was heard of one cluster, as spans, oldest first.",
      parameters: [
        id,
        momentParameter("from", "The beginning of the range; 24 hours before its end by default."),
        momentParameter("to", "The end of the range; now by default."),
        atParameter,
      ],
      responses: {
        200: {
          ...eitherOf("The spans that touch the range.", ["History", "ReplayedHistory"]),
          headers: tagHeader,
        },
        304: unchanged,
        400: badParameter,
        404: notFound,
        503: unread,
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
  ...evidencePaths,
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
        "Read only, but for signing in and notes: GET, JSON, times in ISO 8601 UTC with milliseconds.",
    },
    servers: [{ url: basePath }],
    paths: Object.fromEntries(described),
    components: { schemas: componentSchemas() },
  };
}
