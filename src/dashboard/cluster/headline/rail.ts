/** The rail of five steps: which were passed, which one it is at, and what is still to come. */
import type { ClusterStatus } from "../../../contract/api.ts";
import { expectedAbsence, isExcusable } from "../../../upgrade/absence.ts";
import type { Run, RunStep } from "../../../upgrade/runs/run.ts";
import type { Span } from "../../../upgrade/span.ts";
import {
  type EpochMs,
  type Shape,
  type State,
  stateOrder,
  states,
  type UpgradeSettings,
} from "../../../upgrade/status.ts";
import { clockDuration, roughWords } from "../../ui/format.ts";
import { atLeast, atMost, shortDuration } from "../../timeline/words/shortDuration.ts";

/** How a step stands. `inferred`: passed unseen; `silent`: at it when last heard, but away; `stopped`: at it, with an error; `unused`: not on this way. */
export type Phase =
  | "passed"
  | "inferred"
  | "current"
  | "silent"
  | "stopped"
  | "upcoming"
  | "unused"
  | "unheard";

/** One step of the rail. */
export type RailStep = {
  readonly state: State;
  readonly word: string;
  readonly shape: Shape;
  readonly phase: Phase;
  /** How full its bar is, 0 to 1; null where no figure tells. */
  readonly fraction: number | null;
  /** What stands below the word, as of a moment. */
  readonly note: (now: EpochMs) => string;
};

/** A rail; `title` tells which upgrade it is of. */
export type Rail = { readonly title: string; readonly steps: readonly RailStep[] };

/**
 * The rail of a run, or null where there is none to tell of.
 *
 * @param spans the history, oldest first
 * @param live whether the picture is fresh; otherwise nothing on it counts on
 */
export function railOf(
  run: Run | undefined,
  spans: readonly Span[],
  status: ClusterStatus,
  live = true,
): Rail | null {
  if (run === undefined) {
    return null;
  }
  const inFlight = run.to === null;
  const way = stateOrder.filter((state) => isOnRail(state, run));
  const at = inFlight ? run.steps.findLast(({ inferred }) => !inferred) : undefined;
  return {
    title: inFlight ? "Steps of this upgrade" : "Steps of the last upgrade",
    steps: way.map((state) => stepOf(state, run, at, spans, status, live)),
  };
}

function isOnRail(state: State, { settings, steps }: Run): boolean {
  if (state === "UPGRADE_STATE_IDLE") {
    return false;
  }
  const seen = steps.some((step) => step.state === state);
  return state !== "UPGRADE_STATE_REBOOTING" || seen || settings?.upgrade_type !== "SOFTWARE_ONLY";
}

function stepOf(
  state: State,
  run: Run,
  at: RunStep | undefined,
  spans: readonly Span[],
  status: ClusterStatus,
  live: boolean,
): RailStep {
  const { word, shape, order } = states[state];
  const passes = run.steps.filter((step) => step.state === state);
  const last = passes.at(-1);
  const base = { state, word, shape, fraction: null };
  if (at !== undefined && last === at) {
    const heard = status.progress === null ? null : status.progress / 100;
    const fraction = state === "UPGRADE_STATE_PREPARING" ? heard : rebootFraction(state, status);
    return {
      ...base,
      phase: phaseNow(status, live),
      fraction,
      note: currentNote(at, status, live),
    };
  }
  if (last !== undefined) {
    const heard = passes.filter(({ inferred }) => !inferred);
    const inferred = heard.length === 0;
    const text = inferred ? atMost(last.to - last.from) : passedNote(heard, run, spans, status);
    return { ...base, phase: inferred ? "inferred" : "passed", note: () => text };
  }
  if (state === "UPGRADE_STATE_PREPARED" && run.settings?.auto_commit === true) {
    return { ...base, phase: "unused", note: () => "skipped: commits by itself" };
  }
  if (at !== undefined && order > states[at.state].order) {
    const note = upcomingNote(state, run.settings);
    return { ...base, phase: "upcoming", note: () => note };
  }
  const reached = at !== undefined || run.outcome.kind === "proven";
  return { ...base, phase: "unheard", note: () => (reached ? "not heard" : "not reached") };
}

/**
 * For how long a step was heard, and how long the expected absence after it was. In which state the cluster was
 * meanwhile nobody knows: it is no part of the step's length.
 */
function passedNote(
  heard: readonly RunStep[],
  run: Run,
  spans: readonly Span[],
  { nodes }: ClusterStatus,
): string {
  const ends = heard.map((step) => absenceAfter(step, run, spans, nodes.length));
  const awayMs = ends.reduce<number>((sum, end) => sum + (end ?? 0), 0);
  const ms = heard.reduce((sum, { from, to }) => sum + (to - from), 0);
  // Of a run that was first heard in its midst, the first step began earlier.
  const isBound = ends.includes(null) || (heard[0] === run.steps[0] && !run.fromExact);
  const text = isBound ? atLeast(ms) : shortDuration(ms);
  return awayMs === 0 ? text : `${text}, then ${shortDuration(awayMs)} away`;
}

/**
 * For how long a cluster was away as expected between a step and the next state heard; null where the step's end is
 * not known: in a time not observed, in an outage, or where another state was missed.
 */
function absenceAfter(
  step: RunStep,
  run: Run,
  spans: readonly Span[],
  addresses: number,
): number | null {
  const next = run.steps.find(
    ({ from, inferred }) => !inferred && from >= step.to && from > step.from,
  );
  const end = next?.from ?? run.to ?? step.to;
  const silence = spans.filter(
    ({ kind, from }) => kind !== "status" && from >= step.to && from < end,
  );
  if (silence.length === 0) {
    return 0;
  }
  const last = spans.findLast((span) => span.kind === "status" && span.from < step.to);
  const limitMs = last?.kind === "status" ? (expectedAbsence(last, addresses)?.limitMs ?? 0) : 0;
  const isExpected = silence.every(
    (span) => span.kind === "unreachable" && isExcusable(span.failure),
  );
  const isMissed = run.steps.some(
    ({ from, inferred }) => inferred && from >= step.from && from < end,
  );
  return isExpected && !isMissed && end - step.to <= limitMs ? end - step.to : null;
}

function currentNote(step: RunStep, status: ClusterStatus, live: boolean): RailStep["note"] {
  const { eta, observedAt } = status;
  const until = (now: EpochMs): EpochMs => (live ? now : (observedAt ?? now));
  const exact = status.stateSinceExact ? "" : "≥ ";
  if (live && step.state === "UPGRADE_STATE_PREPARING" && eta !== null) {
    const whole = roughWords(eta.likely - step.from);
    return (now) => `${exact}${clockDuration(until(now) - step.from)} of about ${whole}`;
  }
  const more = linkNote(status, live);
  return (now) =>
    [`${exact}${clockDuration(until(now) - step.from)}`, more]
      .filter((part) => part !== "")
      .join(" · ");
}

function phaseNow({ link, verdict }: ClusterStatus, live: boolean): Phase {
  if (verdict === "failed") {
    return "stopped";
  }
  return link === "answering" && live ? "current" : "silent";
}

function linkNote({ link, verdict }: ClusterStatus, live: boolean): string {
  if (link === "answering") {
    return live ? "" : "last heard here";
  }
  if (link !== "away") {
    return "last heard here";
  }
  return verdict === "late" ? "late to return" : "away as expected";
}

function rebootFraction(state: State, { reboot }: ClusterStatus): number | null {
  return state === "UPGRADE_STATE_REBOOTING" && reboot !== null && reboot.total > 0
    ? reboot.rebooted / reboot.total
    : null;
}

function upcomingNote(state: State, settings: UpgradeSettings | null): string {
  switch (state) {
    case "UPGRADE_STATE_PREPARED":
      return settings?.auto_commit === false ? "waits for your commit" : "if commit is manual";
    case "UPGRADE_STATE_COMMITTING":
      return "seconds to 2 min";
    case "UPGRADE_STATE_COMMITTED":
      return "seconds";
    case "UPGRADE_STATE_REBOOTING": {
      if (settings?.upgrade_type !== "SOFTWARE_AND_PLATFORM") {
        return "platform upgrades only";
      }
      const nodes = settings.num_nodes_to_reboot;
      if (settings.do_rolling_reboot === true) {
        return nodes === null ? "rolling" : `rolling, ${nodes} at a time`;
      }
      return settings.do_rolling_reboot === false ? "all nodes at once" : "nodes reboot";
    }
    case "UPGRADE_STATE_IDLE":
    case "UPGRADE_STATE_PREPARING":
      return "";
  }
}
