/** The part of the HTTP API's description that is about evidence: a run as a file, and notes. */
import { answer, badParameter, jsonOf, notFound } from "./openapiAnswers.ts";
import { id, momentParameter, ownHeaderParameter } from "./openapiParameters.ts";
import { recordHashHeader } from "./recording.ts";

/** One run of a cluster. */
export const runParameter = {
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
const noHistory = answer("The history can't be read, or not yet; Retry-After says when.", "Error");
/** Where there is no run to tell of. */
export const noRun = {
  404: answer("No such cluster, or no such run in its history.", "Error"),
  503: noHistory,
};
function textFile(type: string) {
  return {
    description: "The file.",
    headers: evidenceHeaders,
    content: { [type]: { schema: { type: "string" } } },
  };
}

/** The addresses of files and notes. */
export const evidencePaths = {
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
  "/api/clusters/{id}/runs/{run}.md": {
    get: {
      summary: "One upgrade for a change ticket, in Markdown.",
      parameters: [id, runParameter],
      responses: { 200: textFile("text/markdown"), ...noRun },
    },
  },
  "/api/clusters/{id}/runs/{run}.csv": {
    get: {
      summary:
        "One upgrade for a spreadsheet, by RFC 4180. A text that looks like a formula has an apostrophe before it.",
      parameters: [id, runParameter],
      responses: { 200: textFile("text/csv"), ...noRun },
    },
  },
  "/api/clusters/{id}/notes": {
    get: {
      summary: "What people pinned to moments of one cluster, oldest moment first.",
      parameters: [
        id,
        momentParameter("from", "The beginning of the range; all by default."),
        momentParameter("to", "The end of the range; all by default."),
      ],
      responses: {
        200: answer("The notes.", "Notes"),
        400: badParameter,
        404: notFound,
        503: noHistory,
      },
    },
    post: {
      summary: "Pins a note to a moment; for people who sign in, or by HTTP Basic.",
      parameters: [id, ownHeaderParameter],
      requestBody: { required: true, content: jsonOf("NewNote") },
      responses: {
        200: answer("The note, as it is on disk.", "Note"),
        400: answer("It is no note.", "Error"),
        403: answer("Whoever asks may not write notes.", "Error"),
        404: notFound,
        409: answer("The cluster has as many notes as it may have.", "Error"),
        503: answer("It could not be saved, or not in time; sent again it is kept once.", "Error"),
      },
    },
  },
  "/api/clusters/{id}/notes/{note}/withdraw": {
    post: {
      summary: "Marks one's own note as withdrawn; it stays readable.",
      parameters: [
        id,
        {
          name: "note",
          in: "path",
          required: true,
          description: "Its id.",
          schema: { type: "string" },
        },
        ownHeaderParameter,
      ],
      requestBody: { required: true, content: jsonOf("Withdrawal") },
      responses: {
        200: answer("The note, as it is on disk.", "Note"),
        403: answer("It is another author's.", "Error"),
        404: answer("No such cluster or note.", "Error"),
        503: answer("That could not be saved, or not in time.", "Error"),
      },
    },
  },
};
