import type { Link } from "../../upgrade/verdictNames.ts";
import { longestPageMs } from "./interval.ts";

/** What an answer says of its own age. */
export type Dated = {
  /** The server's moment of the answer. */
  readonly now: number;
  /** When the cluster was heard last. */
  readonly observedAt: number | null;
  readonly ageMs: number | null;
  readonly staleAfterMs: number;
  readonly link: Link;
  readonly nextPollInMs: number;
};

/** How fresh the picture is. */
export type Freshness = {
  /** In a replay what was live then is not: it is the replay's. */
  readonly word: "Live" | "Replay" | "Stale" | "Last heard";
  /** How long ago the cluster was heard; null when it never was. */
  readonly ageMs: number | null;
  /** Whether our own server answers no more; then nothing on the page is news. */
  readonly proxyLost: boolean;
  /** Whether the colours may be those of a live picture. */
  readonly live: boolean;
};

/** After so long without an answer of our own server, it counts as lost: three of the page's longest intervals. */
export const lostAfterMs = 3 * longestPageMs;

/**
 * How fresh an answer is by now. Its age is the server's, plus what has passed here since: the clocks of browser, server
 * and cluster are never compared.
 *
 * @param answer the newest answer
 * @param sinceAskedMs how long ago it was asked for; a slow answer is rather taken for older than for fresher
 * @param sinceReceivedMs how long ago it came
 */
export function freshnessOf(
  answer: Dated,
  sinceAskedMs: number,
  sinceReceivedMs: number = sinceAskedMs,
): Freshness {
  const ageMs = answer.ageMs === null ? null : answer.ageMs + sinceAskedMs;
  if (sinceReceivedMs > lostAfterMs) {
    return { word: "Stale", ageMs, proxyLost: true, live: false };
  }
  if (answer.link === "away") {
    return { word: "Last heard", ageMs, proxyLost: false, live: true };
  }
  const isFresh = answer.link === "answering" && ageMs !== null && ageMs <= answer.staleAfterMs;
  return isFresh
    ? { word: "Live", ageMs, proxyLost: false, live: true }
    : { word: "Stale", ageMs, proxyLost: false, live: false };
}

/**
 * The freshness of a page about many clusters: that of the server's answer itself. Each cluster has its own besides.
 */
export function asDated(answer: { readonly now: number; readonly nextPollInMs: number }): Dated {
  return {
    now: answer.now,
    observedAt: answer.now,
    ageMs: 0,
    staleAfterMs: lostAfterMs,
    link: "answering",
    nextPollInMs: answer.nextPollInMs,
  };
}
