import { anomaliesOf, type Anomaly } from "./anomaly.ts";
import { missedStates } from "../missed.ts";
import { type Span, spanEnd, type StatusSpan } from "../span.ts";
import {
  type EpochMs,
  isIdle,
  isState,
  type State,
  states,
  type UpgradeSettings,
} from "../status.ts";
import { sameVersion, versionText } from "../version.ts";

/** A state that a run passed through: heard from `from` to `to`, or inferred to lie somewhere between them. */
export type RunStep = {
  readonly state: State;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly open: boolean;
  readonly inferred: boolean;
};

/** How a run ended, with its reason. */
export type RunOutcome =
  | { readonly kind: "in-flight" }
  | { readonly kind: "proven"; readonly version: string }
  | {
      readonly kind: "unproven";
      readonly reason:
        | "other-version"
        | "version-unreadable"
        | "target-unknown"
        | "target-unreadable";
      readonly version: string | null;
    }
  | { readonly kind: "not-committed" }
  | { readonly kind: "superseded" };

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
  /** The settings as last heard. */
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
  return cut(spans).map((draft) => finish(draft));
}

/** The run in flight, or the last one that ended; undefined when none was heard of. */
export function lastRun(spans: readonly Span[]): Run | undefined {
  const draft = cut(spans).at(-1);
  return draft === undefined ? undefined : finish(draft);
}

/** The spans of one run, and what surrounds them. */
type Draft = {
  readonly before: StatusSpan | undefined;
  /** Whether something was not heard between `before` and the first answer. */
  readonly gapBefore: boolean;
  /** Grows while the history is read. */
  readonly spans: Span[];
  readonly ending:
    | { readonly kind: "none" }
    | { readonly kind: "next-run"; readonly first: StatusSpan }
    | { readonly kind: "idle"; readonly idle: StatusSpan[]; readonly gap: boolean };
  readonly targetChanged: boolean;
};

function cut(spans: readonly Span[]): readonly Draft[] {
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  let heard: StatusSpan | undefined;
  let gap = true;
  const close = (ending: Draft["ending"]): void => {
    if (current !== undefined) {
      drafts.push({ ...current, ending });
      current = undefined;
    }
  };
  for (const span of spans) {
    if (span.kind !== "status") {
      gap = true;
      current?.spans.push(span);
      continue;
    }
    if (isIdle(span.status.state)) {
      const last = drafts.at(-1);
      if (current !== undefined) {
        close({ kind: "idle", idle: [span], gap });
      } else if (last?.ending.kind === "idle") {
        last.ending.idle.push(span);
      }
    } else if (current !== undefined && heard !== undefined && startsAnew(heard, span)) {
      // After the commit a new target is nothing odd: that upgrade was over, though no idle was heard.
      const targetChanged = !isAfterCommit(heard.status.state) && isTargetChange(heard, span);
      close({ kind: "next-run", first: span });
      current = {
        before: heard,
        gapBefore: gap,
        spans: [span],
        ending: { kind: "none" },
        targetChanged,
      };
    } else if (current !== undefined) {
      current.spans.push(span);
    } else if (isState(span.status.state)) {
      const draft = { before: heard, gapBefore: gap, spans: [span], targetChanged: false };
      current = { ...draft, ending: { kind: "none" } };
    }
    heard = span;
    gap = false;
  }
  close({ kind: "none" });
  return drafts;
}

/** Whether a run in flight ended unheard and another began: back from the commit to preparing, or a new target. */
function startsAnew(before: StatusSpan, after: StatusSpan): boolean {
  const from = before.status.state;
  const to = after.status.state;
  const wentBack =
    isState(from) && isState(to) && states[from].precedesRestart && !states[to].precedesRestart;
  return wentBack || isTargetChange(before, after);
}

function isTargetChange(before: StatusSpan, after: StatusSpan): boolean {
  const one = before.status.settings?.target_version ?? null;
  const other = after.status.settings?.target_version ?? null;
  return one !== null && other !== null && !(sameVersion(one, other) ?? one === other);
}

function finish(draft: Draft): Run {
  const heard = draft.spans.filter((span) => span.kind === "status");
  const settings =
    heard.findLast(({ status }) => status.settings !== null)?.status.settings ?? null;
  const target = settings?.target_version ?? null;
  const first = draft.spans[0];
  const to =
    draft.ending.kind === "idle"
      ? draft.ending.idle[0]?.from
      : draft.ending.kind === "next-run"
        ? draft.ending.first.from
        : undefined;
  const beforeCommit = [draft.before, ...heard].findLast(
    (span) => span !== undefined && span.version !== null && !isAfterCommit(span.status.state),
  );
  return {
    from: first?.from ?? 0,
    fromExact: draft.before !== undefined && !draft.gapBefore,
    to: to ?? null,
    fromVersion: beforeCommit?.version ?? null,
    targetVersion: target === null ? null : versionText(target),
    upgradeType: settings?.upgrade_type ?? null,
    settings,
    steps: runSteps(draft),
    outcome: outcomeOf(draft, heard, target),
    anomalies: anomaliesOf(draft.spans, draft.targetChanged),
  };
}

function isAfterCommit(state: string): boolean {
  return isState(state) && states[state].precedesRestart;
}

function runSteps(draft: Draft): readonly RunStep[] {
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

function followerOf(draft: Draft): StatusSpan | undefined {
  switch (draft.ending.kind) {
    case "idle":
      return draft.ending.idle[0];
    case "next-run":
      return draft.ending.first;
    case "none":
      return undefined;
  }
}

function outcomeOf(draft: Draft, heard: readonly StatusSpan[], target: string | null): RunOutcome {
  if (draft.ending.kind === "none") {
    return { kind: "in-flight" };
  }
  if (draft.ending.kind === "next-run") {
    return { kind: "superseded" };
  }
  const { idle, gap } = draft.ending;
  const versions = idle.flatMap(({ version }) => (version === null ? [] : [version]));
  const beforeCommit = heard.find((span) => span.version !== null)?.version ?? null;
  const committed = heard.some(({ status }) => isAfterCommit(status.state)) || gap;
  const version = versions.at(-1) ?? null;
  if (!committed && sameVersion(versions[0] ?? null, beforeCommit) === true) {
    return { kind: "not-committed" };
  }
  // Once proven, always proven: what ran later is another upgrade's matter.
  const proof = versions.find((running) => sameVersion(running, target) === true);
  if (proof !== undefined) {
    return { kind: "proven", version: proof };
  }
  if (version === null) {
    return { kind: "unproven", reason: "version-unreadable", version };
  }
  if (target === null || target.trim() === "") {
    return { kind: "unproven", reason: "target-unknown", version };
  }
  const reason = sameVersion(version, target) === null ? "target-unreadable" : "other-version";
  return { kind: "unproven", reason, version };
}
