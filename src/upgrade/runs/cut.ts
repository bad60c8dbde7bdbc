import type { Span, StatusSpan } from "../span.ts";
import { isIdle, isState, states } from "../status.ts";
import { sameVersion } from "../version.ts";

/** The spans of one run, and what surrounds them. */
export type RunDraft = {
  /** Which of all spans the first one is. */
  readonly start: number;
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

/**
 * Cuts a history into upgrades; see `cutRuns`.
 *
 * @param spans oldest first
 */
export function cutDrafts(spans: readonly Span[]): readonly RunDraft[] {
  const drafts: RunDraft[] = [];
  let current: RunDraft | undefined;
  let heard: StatusSpan | undefined;
  let gap = true;
  const close = (ending: RunDraft["ending"]): void => {
    if (current !== undefined) {
      drafts.push({ ...current, ending });
      current = undefined;
    }
  };
  for (const [start, span] of spans.entries()) {
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
        start,
        before: heard,
        gapBefore: gap,
        spans: [span],
        ending: { kind: "none" },
        targetChanged,
      };
    } else if (current !== undefined) {
      current.spans.push(span);
    } else if (isState(span.status.state)) {
      const draft = { start, before: heard, gapBefore: gap, spans: [span], targetChanged: false };
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

/** Whether a state lies after the commit: a restart follows. */
export function isAfterCommit(state: string): boolean {
  return isState(state) && states[state].precedesRestart;
}

/** The answer that ended a run; undefined while it goes on. */
export function followerOf(draft: RunDraft): StatusSpan | undefined {
  switch (draft.ending.kind) {
    case "idle":
      return draft.ending.idle[0];
    case "next-run":
      return draft.ending.first;
    case "none":
      return undefined;
  }
}
