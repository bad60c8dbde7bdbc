import type { NodeHealth, Summary } from "../../contract/api.ts";
import type { ClusterConfiguration } from "../../contract/configuration.ts";
import { heardBy, pollStepMs } from "../../upgrade/heardBy.ts";
import type { EarlierRun } from "../../upgrade/runs/earlierRun.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { type Cadence, intervalMs } from "../cadence.ts";
import { type Picture, summarise } from "../picture.ts";

/** A picture of the past is worth asking for again so soon: a replay moves on faster than any cluster is polled. */
export const nextAskInMs = 250;

/** What was published of a cluster at a moment of the past, as far as its spans tell. */
export type PastPicture = {
  readonly picture: Picture;
  /** Since when nobody watched, where the moment lies in such a time; null otherwise. */
  readonly unobservedSince: EpochMs | null;
};

/**
 * Makes a picture from the spans alone. What the history does not hold is left out rather than made up.
 *
 * @param spans from at least the begin of the run in flight on
 * @returns null where nothing had been heard by then
 */
export function pastPicture(
  { nodes }: Pick<ClusterConfiguration, "nodes">,
  spans: readonly Span[],
  at: EpochMs,
  cadence: Cadence,
): PastPicture | null {
  const heard = heardBy(spans, at);
  const first = heard[0];
  const last = heard.at(-1);
  if (first === undefined || last === undefined) {
    return null;
  }
  const status = heard.findLast((span) => span.kind === "status");
  const start = heard.findLast((span) => span.kind === "unobserved" && span.started === true);
  const node = heard.findLast((span) => span.node !== null)?.node ?? null;
  const isHole = last.kind === "unobserved";
  return {
    unobservedSince: isHole ? last.from : null,
    picture: {
      spans: heard,
      stored: heard,
      revision: `replay ${first.from} ${last.kind} ${last.from}`,
      earlierMs: 0,
      // What was heard before a time in which nobody watched is no present answer in it.
      startedAt: isHole ? last.from + 1 : (start?.to ?? first.from),
      tried: true,
      intervalMs: Math.max(
        intervalMs(cadence, status?.status.state ?? null),
        Math.ceil(pollStepMs(last) ?? 0),
      ),
      nextAnswerAt: at,
      node,
      latencyMs: null,
      nodes: nodes.map((url) => nodeThen(url, url === status?.node, status?.from ?? at)),
      reboot: null,
      blockedReason: null,
      clusterName: null,
      notices: [],
    },
  };
}

function nodeThen(url: string, answered: boolean, since: EpochMs): NodeHealth {
  const reason = answered ? null : "How it fared then is not recorded.";
  return { url, answered, since, state: null, heardAt: null, version: null, reason };
}

/** The summary as it was at the moment, by the same rules as the live one. */
export function pastSummary(
  cluster: ClusterConfiguration,
  past: PastPicture | null,
  simulated: boolean,
  at: EpochMs,
  earlier: () => readonly EarlierRun[],
): Summary {
  // The window of today is not that of an upgrade of the past.
  const configured = { ...cluster, windowEnd: null };
  if (past === null) {
    const summary = summarise(configured, blank(at), simulated, at);
    const detail = "The history holds nothing of this cluster before this moment.";
    return { ...summary, headline: "Nothing recorded", detail, nextPollInMs: nextAskInMs };
  }
  const { picture, unobservedSince } = past;
  const summary = {
    ...summarise(configured, picture, simulated, at, earlier),
    nextPollInMs: nextAskInMs,
  };
  if (unobservedSince === null) {
    return summary;
  }
  const noForecasts = { eta: null, etaWhole: null, afterCommit: null };
  return {
    ...summary,
    ...noForecasts,
    link: "unseen",
    linkSince: unobservedSince,
    verdict: "unseen",
    attention: "look",
    headline: "Not observed",
    detail:
      "Upgrade Watch was not watching at this moment. What is shown was heard before; what happened meanwhile is not recorded.",
  };
}

function blank(at: EpochMs): Picture {
  return {
    spans: [],
    stored: [],
    revision: "replay",
    earlierMs: 0,
    startedAt: at,
    tried: true,
    intervalMs: 1000,
    nextAnswerAt: at,
    node: null,
    latencyMs: null,
    nodes: [],
    reboot: null,
    blockedReason: null,
    clusterName: null,
    notices: [],
  };
}
