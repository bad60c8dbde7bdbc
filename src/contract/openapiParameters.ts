/** The parameters that the description of our HTTP API names more than once, or that are long. */
import { ownHeader } from "./api.ts";
import { outcomeKinds } from "./runs.ts";

/** The cluster that a path names. */
export const id = {
  name: "id",
  in: "path",
  required: true,
  description: "A configured cluster's id.",
  schema: { type: "string", pattern: "^[a-z0-9-]{1,63}$" },
};

/** A moment in a query; it may be left out. */
export function momentParameter(name: string, description: string) {
  return {
    name,
    in: "query",
    required: false,
    description,
    schema: { type: "string", format: "date-time" },
  };
}

/** For answers of the past. */
export const atParameter = momentParameter(
  "at",
  "Answers as of this moment of the past, from what had been heard by then; the answer says so in `replay`.",
);

export const ownHeaderParameter = {
  name: ownHeader,
  in: "header",
  required: true,
  description: "Any value: a form of another site can't send it.",
  schema: { type: "string" },
};

export const sinceParameter = {
  name: "since",
  in: "query",
  required: false,
  description: "The `mark` of an earlier answer; empty for a first one that has a mark.",
  schema: { type: "string" },
};

export const runsParameters = [
  momentParameter("from", "Only runs that ended then or later, or go on."),
  momentParameter("to", "Only runs that began then or earlier."),
  {
    name: "outcome",
    in: "query",
    required: false,
    description: `Only runs that ended like this: ${outcomeKinds.join(", ")}; several by commas.`,
    schema: { type: "string" },
  },
  {
    name: "q",
    in: "query",
    required: false,
    description: "Words, each of which must be in the cluster's name or id, a version, or the id.",
    schema: { type: "string" },
  },
  {
    name: "limit",
    in: "query",
    required: false,
    description: "How many at most; 100 by default.",
    schema: { type: "integer", minimum: 1, maximum: 1000 },
  },
];
