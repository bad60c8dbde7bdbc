import { missedStates } from "../missed.ts";
import { type Span, spanEnd, type StatusSpan } from "../span.ts";
import { type EpochMs, isIdle, isState, type State, type UpgradeSettings } from "../status.ts";
import { versionText } from "../version.ts";
import { type Anomaly, anomaliesOf } from "./anomaly.ts";
import { cutDrafts, followerOf, isAfterCommit, type RunDraft } from "./cut.ts";
import { outcomeOf, type RunOutcome } from "./outcome.ts";

export type { RunOutcome } from "./outcome.ts";

/** A state that a run passed through: heard from `from` to `to`, or inferred to lie somewhere between them. */
export type RunStep = {
  readonly state: State;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly open: boolean;
  readonly inferred: boolean;
};

/** One upgrade, from the first answer that was not idle to the idle that ended it. */
export type Run = {
  readonly from: EpochMs;
  /** False when the start fell into a gap, or before the first poll. */
  readonly fromExact: boolean;
  /** Null while it goes on. */
  readonly to: EpochMs | null;
  /** The version that ran before the commit; null when it was not heard. */
  readonly fromVersion: string | null;
  readonly targetVersion: string | null;
  readonly upgradeType: string | null;
  /** See `settingsOf`. */
  readonly settings: UpgradeSettings | null;
  readonly steps: readonly RunStep[];
  readonly outcome: RunOutcome;
  readonly anomalies: readonly Anomaly[];
};

/**
 * Cuts a history into upgrades. Every span lies in exactly one run or in none (idle); two upgrades back to back are two
 * runs even when the idle between them was too short to hear, and a restart of the watcher inside one is still one.
 *
 * @param spans oldest first
 */
export function cutRuns(spans: readonly Span[]): readonly Run[] {
  return cutDrafts(spans).map(runOf);
}

/** The run in flight, or the last one that ended; undefined when none was heard of. */
export function lastRun(spans: readonly Span[]): Run | undefined {
  const draft = cutDrafts(spans).at(-1);
  return draft === undefined ? undefined : runOf(draft);
}

/** Reads one cut piece of a history as a run. */
export function runOf(draft: RunDraft): Run {
  const heard = draft.spans.filter((span) => span.kind === "status");
  const settings = settingsOf(heard);
  const target = settings?.target_version ?? null;
  const first = draft.spans[0];
  const beforeCommit = [draft.before, ...heard].findLast(
    (span) => span !== undefined && span.version !== null && !isAfterCommit(span.status.state),
  );
  return {
    from: first?.from ?? 0,
    fromExact: draft.before !== undefined && !draft.gapBefore,
    to: followerOf(draft)?.from ?? null,
    fromVersion: beforeCommit?.version ?? null,
    targetVersion: target === null ? null : versionText(target),
    upgradeType: settings?.upgrade_type ?? null,
    settings,
    steps: runSteps(draft),
    outcome: outcomeOf(draft).outcome,
    anomalies: anomaliesOf(draft.spans, draft.targetChanged),
  };
}

/**
 * The settings that it was prepared with: those last heard before the commit, until which they may be changed. A cluster may
 * report others, or none, once it commits; these count only where none were heard before, the first of them first.
 */
function settingsOf(heard: readonly StatusSpan[]): UpgradeSettings | null {
  const committed = heard.findIndex(({ status }) => isAfterCommit(status.state));
  const before = committed === -1 ? heard : heard.slice(0, committed);
  const told = ({ status }: StatusSpan): boolean => status.settings !== null;
  return (before.findLast(told) ?? heard.find(told))?.status.settings ?? null;
}

function runSteps(draft: RunDraft): readonly RunStep[] {
  const steps: RunStep[] = [];
  let heard = draft.before;
  const infer = (after: StatusSpan): void => {
    if (heard !== undefined) {
      const bounds = { from: heard.to, to: after.from, open: false, inferred: true };
      const missed = missedStates(heard, after).filter((state) => !isIdle(state));
      steps.push(...missed.map((state) => ({ state, ...bounds })));
    }
  };
  draft.spans.forEach((span, index) => {
    if (span.kind !== "status") {
      return;
    }
    const { state } = span.status;
    const last = steps.at(-1);
    const next = draft.spans[index + 1] ?? followerOf(draft);
    const to = spanEnd(span, next);
    const open = next === undefined;
    if (last?.state === state && !last.inferred) {
      steps.splice(-1, 1, { ...last, to, open });
    } else if (isState(state)) {
      // What was missed on the way out of the run before belongs to that run, not to this one.
      if (index > 0 || draft.before === undefined || isIdle(draft.before.status.state)) {
        infer(span);
      }
      steps.push({ state, from: span.from, to, open, inferred: false });
    }
    heard = span;
  });
  const ended = followerOf(draft);
  if (ended !== undefined) {
    infer(ended);
  }
  return steps;
}
