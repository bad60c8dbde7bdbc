/** Everything that is forecast of an upgrade in flight, from the earlier ones and its own pace. */
import { progressSeries } from "../progress.ts";
import type { RebootProgress } from "../reboot.ts";
import type { EarlierRun } from "../runs/earlierRun.ts";
import type { Run } from "../runs/run.ts";
import type { Span } from "../span.ts";
import { type EpochMs, isIdle, isState, type State, states } from "../status.ts";
import { endingOf, preparationPrior, type Reached, restOfPreparation } from "./byPreparation.ts";
import { restOfReboot } from "./byNodes.ts";
import { fromStateOnMs, measured } from "./course.ts";
import {
  type Duration,
  fewestForVerdict,
  type Forecast,
  type Forecasts,
  longestAheadMs,
  type Stillness,
} from "./forecast.ts";
import { predictiveRange, type Prior, type Range } from "./interval.ts";
import { type Kind, ownPeersOf, peersOf } from "./kind.ts";
import { forecastPreparing } from "./pace.ts";

/** What was, for what will be. */
export type Past = {
  /** Whose upgrade is forecast: its id in the configuration. */
  readonly cluster: string;
  /** The earlier upgrades of all clusters. */
  readonly earlier: readonly EarlierRun[];
};

/** Between which moments something was: one and the same where it was heard. */
export type Bounds = { readonly earliest: EpochMs; readonly latest: EpochMs };

/** An upgrade in flight at its present state. */
export type Present = {
  readonly run: Run;
  /** Its spans, oldest first. */
  readonly spans: readonly Span[];
  /** The last state heard, and between which moments it began; null where nothing was heard before it. */
  readonly state: string;
  readonly stateBegan: Bounds | null;
  readonly reboot: RebootProgress | null;
};

/** Where nothing can be said. */
export const noForecasts: Forecasts = {
  state: null,
  whole: null,
  afterCommit: null,
  slowBy: null,
  stillness: null,
};

/** States without a percentage: they last as long as they did, give or take. */
const statePrior: Prior = { spread: 0.25, weight: 4 };

/** Forecasts the present state and the whole of an upgrade in flight. */
export function forecastsOf(present: Present, past: Past): Forecasts {
  const { run, state } = present;
  if (!isState(state) || isIdle(state)) {
    return noForecasts;
  }
  const question = { ...present, state, kind: kindOf(run, past.cluster), earlier: past.earlier };
  const stillness = stillnessOf(question);
  if (state === "UPGRADE_STATE_PREPARING") {
    return { ...ofPreparation(question), stillness };
  }
  if (!states[state].precedesRestart) {
    const afterCommit = commitsByItself(run) ? null : durationAfterCommit(question);
    return { ...noForecasts, afterCommit, stillness };
  }
  const { state: end, whole } = ofCommitted(question);
  const slowBy = end !== null && end.runs >= fewestForVerdict ? end : null;
  return { state: end, whole, afterCommit: null, slowBy, stillness };
}

function commitsByItself({ settings }: Run): boolean {
  return settings?.auto_commit === true;
}

function ofPreparation(question: Question): Omit<Forecasts, "stillness"> {
  const reached = reachedOf(question.spans);
  const byEarlier = byPreparation(question, reached, false);
  const byPace = forecastPreparing(question.spans);
  const byItself = commitsByItself(question.run);
  return {
    state: byEarlier ?? byPace,
    whole: byItself ? byPreparation(question, reached, true) : null,
    afterCommit: byItself ? null : durationAfterCommit(question),
    slowBy: slowByOf(byEarlier, byPace),
  };
}

/** By too few earlier upgrades none is slow; by its own pace it is, but not while those give it more time. */
function slowByOf(byEarlier: Forecast | null, byPace: Forecast | null): Forecast | null {
  if (byEarlier === null || byEarlier.runs >= fewestForVerdict) {
    return byEarlier ?? byPace;
  }
  return byPace === null ? null : { ...byPace, latest: Math.max(byPace.latest, byEarlier.latest) };
}

function ofCommitted(question: Question): Pick<Forecasts, "state" | "whole"> {
  const { state, stateBegan, kind, earlier, reboot } = question;
  const isRolling = question.run.settings?.do_rolling_reboot === true;
  const byNodes =
    state === "UPGRADE_STATE_REBOOTING" && isRolling ? restOfReboot(kind, earlier, reboot) : null;
  return {
    state: byNodes ?? byDurations(question, stateBegan, (run) => measured(run, state)?.ms ?? null),
    // With the last node the upgrade is over.
    whole:
      byNodes ??
      byDurations(question, stateBegan, (run) => fromStateOnMs(run, state, nodesOf(question))),
  };
}

/** For how long proven upgrades of this kind on this cluster stood still in the present state. */
function stillnessOf({ kind, earlier, state }: Question): Stillness | null {
  const { answers, basis } = ownPeersOf(kind, earlier, (run) => stillMs(run, state));
  return answers.length < fewestForVerdict ? null : { longestMs: Math.max(...answers), basis };
}

function stillMs(run: EarlierRun, state: State): number | null {
  if (run.outcome !== "proven") {
    return null;
  }
  if (state === "UPGRADE_STATE_REBOOTING" && run.rolling === true) {
    const longestMs = Math.max(0, ...run.perNodeMs) * Math.max(1, run.nodesPerBatch ?? 1);
    return longestMs === 0 ? null : longestMs;
  }
  return measured(run, state)?.longestStillMs ?? null;
}

/** What makes a run like others. */
export function kindOf(
  { upgradeType, settings, fromVersion, targetVersion }: Run,
  cluster: string,
): Kind {
  return {
    cluster,
    upgradeType,
    rolling: settings?.do_rolling_reboot ?? null,
    nodesPerBatch: settings?.num_nodes_to_reboot ?? null,
    fromVersion,
    targetVersion,
  };
}

type Question = Present & {
  readonly state: State;
  readonly kind: Kind;
  readonly earlier: readonly EarlierRun[];
};

function nodesOf({ reboot }: Present): number | null {
  return reboot === null || reboot.total === 0 ? null : reboot.total;
}

function byPreparation(
  question: Question,
  reached: (Reached & { readonly at: EpochMs }) | null,
  isWhole: boolean,
): Forecast | null {
  if (reached === null || (reached.to >= 100 && !isWhole)) {
    return null;
  }
  const peers = peersOf(question.kind, question.earlier, (run) => {
    const afterMs = isWhole ? fromStateOnMs(run, "UPGRADE_STATE_COMMITTING", nodesOf(question)) : 0;
    return afterMs === null ? null : endingOf(run, reached, afterMs);
  });
  return peers === null
    ? null
    : forecastFrom(reached.at, restOfPreparation(peers.answers, reached, preparationPrior), peers);
}

function byDurations(
  { kind, earlier }: Question,
  began: Bounds | null,
  durationMs: (run: EarlierRun) => number | null,
): Forecast | null {
  const peers = began === null ? null : peersOf(kind, earlier, durationMs);
  if (peers === null || began === null) {
    return null;
  }
  const unknownMs = began.latest - began.earliest;
  const { earliestMs, likelyMs, latestMs } = predictiveRange(peers.answers, statePrior);
  // What is not known of its begin is not known of its end either.
  const range = { earliestMs, likelyMs: likelyMs + unknownMs / 2, latestMs: latestMs + unknownMs };
  const basis = unknownMs === 0 ? peers.basis : `${peers.basis}; its begin was not heard`;
  return forecastFrom(began.earliest, range, { ...peers, basis });
}

function durationAfterCommit(question: Question): Duration | null {
  const peers = peersOf(question.kind, question.earlier, (run) =>
    fromStateOnMs(run, "UPGRADE_STATE_COMMITTING", nodesOf(question)),
  );
  return peers === null
    ? null
    : {
        ...predictiveRange(peers.answers, statePrior),
        basis: peers.basis,
        runs: peers.answers.length,
      };
}

function forecastFrom(
  at: EpochMs,
  { earliestMs, likelyMs, latestMs }: Range,
  { answers, basis }: { readonly answers: readonly unknown[]; readonly basis: string },
): Forecast | null {
  return latestMs > longestAheadMs
    ? null
    : {
        earliest: Math.round(at + earliestMs),
        likely: Math.round(at + likelyMs),
        latest: Math.round(at + latestMs),
        basis,
        runs: answers.length,
      };
}

/**
 * How far a preparation has come since its begin, or since the percent last fell; null where no percent was heard. Silence
 * in between does no harm, for the percent before and after it is known.
 */
function reachedOf(spans: readonly Span[]): (Reached & { readonly at: EpochMs }) | null {
  let first: { at: EpochMs; progress: number } | null = null;
  let last: { at: EpochMs; progress: number } | null = null;
  for (const { at, progress, fell } of progressSeries(spans)) {
    if (progress === null) {
      continue;
    }
    if (first === null || last === null || fell) {
      first = { at, progress };
      last = first;
    } else if (progress > last.progress) {
      last = { at, progress };
    }
  }
  return first === null || last === null
    ? null
    : { from: first.progress, to: last.progress, ms: last.at - first.at, at: last.at };
}
