import { cutErrorInfo } from "../contract/clusterText.ts";
import type { ClusterStatus, NodeHealth, Notice, Summary } from "../contract/api.ts";
import type { ClusterConfiguration } from "../contract/configuration.ts";
import { medianNodeMs, type RebootProgress } from "../upgrade/reboot.ts";
import { asOf } from "../upgrade/forecast/forecast.ts";
import { type Situation, situationOf } from "../upgrade/situation.ts";
import type { EarlierRun } from "../upgrade/runs/earlierRun.ts";
import { holeLimitIntervals } from "../upgrade/span.ts";
import { type EpochMs, isIdle } from "../upgrade/status.ts";
import { decide, linkOf } from "../upgrade/verdict.ts";
import type { Decision } from "../upgrade/verdictNames.ts";
import { windowOutlook } from "../upgrade/window.ts";
import { versionText } from "../upgrade/version.ts";
import type { BesidesFacts } from "./besides.ts";
import type { LedgerView } from "./ledger.ts";

/** What has been published of a cluster: replaced whole at every poll, never changed. */
export type Picture = LedgerView &
  BesidesFacts & {
    /** When this process began to watch it. */
    readonly startedAt: EpochMs;
    /** Whether at least one poll has ended, however. */
    readonly tried: boolean;
    readonly intervalMs: number;
    /** When the next poll should have its answer. */
    readonly nextAnswerAt: EpochMs;
    readonly node: string | null;
    readonly latencyMs: number | null;
    readonly nodes: readonly NodeHealth[];
    readonly notices: readonly Notice[];
  };

/** Puts a picture together; name by name, for to spread its parts at every poll of a thousand clusters costs more. */
export function pictureOf(
  { spans, stored, revision, earlierMs }: LedgerView,
  { reboot, blockedReason, clusterName }: BesidesFacts,
  rest: Omit<Picture, keyof LedgerView | keyof BesidesFacts>,
): Picture {
  const { startedAt, tried, intervalMs, nextAnswerAt, node, latencyMs, nodes, notices } = rest;
  return {
    spans,
    stored,
    revision,
    earlierMs,
    startedAt,
    tried,
    intervalMs,
    nextAnswerAt,
    node,
    latencyMs,
    nodes,
    reboot,
    blockedReason,
    clusterName,
    notices,
  };
}

const noRuns: readonly EarlierRun[] = [];

/** Of an error text a summary carries this much, in UTF-8; the rest is in the status answer. */
const summaryErrorBytes = 2048;

/**
 * Everything that a tile or a row says of a cluster at this moment.
 *
 * @param earlier the earlier upgrades of all clusters, the same array until one is added; asked only while one goes on
 */
export function summarise(
  cluster: ClusterConfiguration,
  picture: Picture,
  simulated: boolean,
  now: EpochMs,
  earlier: () => readonly EarlierRun[] = () => noRuns,
): Summary {
  const situation = situationIn(picture, cluster, earlier);
  const { heard, run, errorInfo } = situation;
  const decision = decide(situation, now);
  const { link, since } = linkOf(situation, now);
  const { verdict, attention, headline, detail } = decision;
  const inFlight = run?.to === null;
  const state = heard?.status.state ?? null;
  const forecasts = forecastsNow(situation, decision, link, now);
  return {
    id: cluster.id,
    name: cluster.name,
    clusterName: picture.clusterName,
    labels: cluster.labels,
    zone: cluster.zone,
    simulated,
    observedAt: heard?.to ?? null,
    ageMs: heard === undefined ? null : Math.max(0, now - heard.to),
    intervalMs: picture.intervalMs,
    staleAfterMs: holeLimitIntervals * picture.intervalMs,
    // Where the picture comes from, not who failed last.
    node: heard?.node ?? picture.node,
    latencyMs: picture.latencyMs,
    nodes: [...picture.nodes],
    link,
    linkSince: since,
    state,
    progress: heard?.status.state === "UPGRADE_STATE_PREPARING" ? heard.status.progress : null,
    stateSince: situation.stateSince,
    stateSinceExact: situation.stateSinceExact,
    upgradeType: inFlight ? run.upgradeType : null,
    targetVersion: inFlight ? run.targetVersion : null,
    fromVersion: run?.fromVersion ?? null,
    runningVersion: runningVersionOf(situation),
    reboot: rebootOf(picture.reboot, situation),
    blocked: picture.blockedReason === null ? null : { reason: picture.blockedReason },
    errorInfo: errorInfo === null ? null : cutErrorInfo(errorInfo, summaryErrorBytes),
    verdict,
    attention,
    headline,
    detail,
    ...forecasts,
    notices: [...picture.notices],
    run: run === undefined ? null : { from: run.from, to: run.to },
    revision: picture.revision,
    nextPollInMs: Math.max(0, picture.nextAnswerAt - now),
    runbook: cluster.runbook,
    contact: cluster.contact,
    ticket: cluster.ticket,
    windowEnd: cluster.windowEnd,
    window: windowOutlook(cluster.windowEnd, { state, ...forecasts }, now),
  };
}

/** Read once for each picture: it is asked for at every tick and by every viewer, but changes only with a poll. */
const situations = new WeakMap<Picture, Situation>();

function situationIn(
  picture: Picture,
  { id, nodes }: ClusterConfiguration,
  earlier: () => readonly EarlierRun[],
): Situation {
  const { spans, startedAt, reboot, blockedReason } = picture;
  const heard = spans.findLast((span) => span.kind === "status");
  const isUnderWay = heard !== undefined && !isIdle(heard.status.state);
  const known =
    situations.get(picture) ??
    situationOf(spans, {
      startedAt,
      addresses: nodes.length,
      reboot,
      blockedReason,
      past: { cluster: id, earlier: isUnderWay ? earlier() : noRuns },
    });
  situations.set(picture, known);
  return known;
}

/** The flat answer of the status endpoint through the proxy. */
export function statusAnswer(
  summary: Summary,
  picture: Picture,
  build: string,
  now: EpochMs,
): ClusterStatus {
  const heard = picture.spans.findLast((span) => span.kind === "status");
  const status = heard === undefined ? null : { ...heard.status };
  return {
    ...summary,
    now,
    build,
    status: status && { ...status, settings: status.settings && { ...status.settings } },
  };
}

/** The version that is known to run: nothing is claimed of it while nodes restart. */
function runningVersionOf({ heard }: Situation): string | null {
  const version = heard?.version ?? null;
  return version === null ? null : versionText(version);
}

function rebootOf(reboot: RebootProgress | null, { heard }: Situation): Summary["reboot"] {
  if (reboot === null || heard?.status.state !== "UPGRADE_STATE_REBOOTING" || reboot.total === 0) {
    return null;
  }
  const { total, rebooted, state, since, sinceExact, steps } = reboot;
  const medianMs = medianNodeMs(steps);
  return { total, rebooted, state, since, sinceExact, steps: [...steps], medianMs };
}

/** The forecasts while they can still come true and the cluster is heard, or away as expected; what has stopped has none. */
function forecastsNow(
  { forecasts }: Situation,
  { verdict }: Decision,
  link: Summary["link"],
  now: EpochMs,
): Pick<Summary, "eta" | "etaWhole" | "afterCommit"> {
  const { state, whole, afterCommit } = forecasts;
  if (verdict === "failed" || verdict === "stalled" || (link !== "answering" && link !== "away")) {
    return { eta: null, etaWhole: null, afterCommit: null };
  }
  return {
    // Which state it is in now nobody knows while it is away.
    eta: state === null || link === "away" ? null : asOf(state, now),
    etaWhole: whole === null ? null : asOf(whole, now),
    afterCommit: afterCommit === null ? null : { ...afterCommit },
  };
}
