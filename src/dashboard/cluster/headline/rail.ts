/** The rail of five steps: which were passed, which one it is at, and what is still to come. */
import type { ClusterStatus } from "../../../contract/api.ts";
import type { Run, RunStep } from "../../../upgrade/run.ts";
import {
  type EpochMs,
  type Shape,
  type State,
  stateOrder,
  states,
  type UpgradeSettings,
} from "../../../upgrade/status.ts";
import { clockDuration, roughWords } from "../../ui/format.ts";
import { atMost, shortDuration } from "../shortDuration.ts";

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
 * @param live whether the picture is fresh; otherwise nothing on it counts on
 */
export function railOf(run: Run | undefined, status: ClusterStatus, live = true): Rail | null {
  if (run === undefined) {
    return null;
  }
  const inFlight = run.to === null;
  const way = stateOrder.filter((state) => isOnRail(state, run));
  const at = inFlight ? run.steps.findLast(({ inferred }) => !inferred) : undefined;
  return {
    title: inFlight ? "Steps of this upgrade" : "Steps of the last upgrade",
    steps: way.map((state) => stepOf(state, run, at, status, live)),
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
    const ms = (inferred ? [last] : heard).reduce((sum, { from, to }) => sum + (to - from), 0);
    // Of a run that was first heard in its midst, the first step began earlier.
    const least = passes[0] === run.steps[0] && !run.fromExact ? "≥ " : "";
    const text = inferred ? atMost(ms) : `${least}${shortDuration(ms)}`;
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
