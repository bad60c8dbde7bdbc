import type { ClusterStatus } from "../../contract/api.ts";
import type { Span } from "../../upgrade/span.ts";
import { outagePolls } from "../../upgrade/trouble.ts";

/** What the newest answer adds to the history that was loaded before it. */
export type Link = Pick<ClusterStatus, "link" | "linkSince">;

/**
 * A history as it stands by the newest answer. It is asked for again only when a span is added, so the last span may
 * have been stretched since; of a silence that matters, for it turns from a hiccup into an outage while it lasts.
 *
 * @returns the same array while nothing changed, so that what is drawn from it need not be drawn again
 */
export function standingSpans(spans: readonly Span[], { link, linkSince }: Link): readonly Span[] {
  const last = spans.at(-1);
  if (last?.kind !== "unreachable" || link === "answering" || link === "unseen") {
    return spans;
  }
  const to = Math.max(last.to, linkSince + 1);
  const polls = Math.max(last.polls, outagePolls);
  return to === last.to && polls === last.polls
    ? spans
    : [...spans.slice(0, -1), { ...last, to, polls }];
}
