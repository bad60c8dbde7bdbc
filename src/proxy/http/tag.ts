import { createHash } from "node:crypto";
import type { Context } from "hono";
import { json } from "./answer.ts";

/** Weak: the newest span may have grown under the same revision. Hashed, for a revision may hold any character. */
function entityTag(revision: string): string {
  return `W/"${createHash("sha256").update(revision).digest("base64url").slice(0, 27)}"`;
}

/** Whether an `If-None-Match` names a tag. */
function isKnownTag(header: string | undefined, tag: string): boolean {
  const known = (header ?? "").split(",").map((part) => part.trim().replace(/^W\//, ""));
  return known.includes("*") || known.includes(tag.replace(/^W\//, ""));
}

/** Answers with the tag of a revision: 304 to who has it already, for whom the body is not even made. */
export async function jsonTagged(
  context: Context,
  revision: string,
  body: () => unknown,
): Promise<Response> {
  const tag = entityTag(revision);
  return isKnownTag(context.req.header("if-none-match"), tag)
    ? context.body(null, 304, { ETag: tag })
    : json(context, body(), { ETag: tag });
}
