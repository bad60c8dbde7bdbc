import type { Summary } from "../../contract/api.ts";

/** Since when what a headline says is so. */
export type Since = {
  /** Null when that is not known. */
  readonly at: number | null;
  /** False when it began at some moment before `at`. */
  readonly isExact: boolean;
};

/** Since when a cluster is silent, or else in its state: a silence counts from its own begin. */
export function sinceOf(
  summary: Pick<Summary, "link" | "linkSince" | "stateSince" | "stateSinceExact">,
): Since {
  const { link, linkSince, stateSince, stateSinceExact } = summary;
  return link === "outage" || link === "denied" || link === "away"
    ? { at: linkSince, isExact: true }
    : { at: stateSince, isExact: stateSinceExact };
}
