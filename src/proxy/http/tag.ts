import { createHash } from "node:crypto";

/** Weak: the newest span may have grown under the same revision. Hashed, for a revision may hold any character. */
export function entityTag(revision: string): string {
  return `W/"${createHash("sha256").update(revision).digest("base64url").slice(0, 27)}"`;
}

/** Whether an `If-None-Match` names a tag. */
export function isKnownTag(header: string | undefined, tag: string): boolean {
  const known = (header ?? "").split(",").map((part) => part.trim().replace(/^W\//, ""));
  return known.includes("*") || known.includes(tag.replace(/^W\//, ""));
}
