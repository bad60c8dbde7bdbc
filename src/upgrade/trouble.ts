import { expectedAbsence, isExcusable } from "./absence.ts";
import type { Failure } from "./observation.ts";
import type { Span, StatusSpan, UnreachableSpan } from "./span.ts";
import { type EpochMs, isIdle, type UpgradeSettings } from "./status.ts";

/** So many failed polls in a row are an outage; fewer are a hiccup that does not break the state lane. */
export const outagePolls = 3;

/** So many answers in a row end an outage; a single one may be followed by the next failure. */
export const steadyPolls = 2;

/** An outage or a refusal that has begun, and that two answers in a row have not ended yet. */
export type Trouble = {
  readonly link: "outage" | "denied";
  /** Since when nobody answered when it began. */
  readonly since: EpochMs;
  /** How many polls there were since then, */
  readonly polls: number;
  /** and how many of them failed. */
  readonly failed: number;
  /** The newest reason. */
  readonly failure: Failure;
};

/**
 * Reads a history for trouble that holds now. It begins with the third failure in a row, or at once where the cluster
 * refuses us or is not to be trusted; where absence is expected it does not begin. It ends with the second answer in a
 * row, so that a cluster that answers every other poll does not flicker.
 *
 * @param spans oldest first
 */
export function troubleOf(spans: readonly Span[], addresses: number): Trouble | null {
  let fold: Fold = {
    trouble: null,
    failures: 0,
    answers: 0,
    silentFrom: null,
    heard: undefined,
    settings: null,
  };
  for (const span of spans.slice(lastSteady(spans))) {
    if (span.kind === "status") {
      fold = afterAnswers(fold, span);
    } else if (span.kind === "unreachable") {
      fold = afterFailures(fold, span, addresses);
    } else {
      // What we did not watch may have ended it.
      fold = { ...fold, trouble: null, silentFrom: fold.silentFrom ?? span.from };
    }
  }
  return fold.trouble;
}

type Fold = {
  readonly trouble: Trouble | null;
  readonly failures: number;
  readonly answers: number;
  readonly silentFrom: EpochMs | null;
  readonly heard: StatusSpan | undefined;
  readonly settings: UpgradeSettings | null;
};

/** Where the newest two answers in one span begin, or the last idle before it: nothing before matters. */
function lastSteady(spans: readonly Span[]): number {
  const steady = spans.findLastIndex((span) => span.kind === "status" && span.polls >= steadyPolls);
  // The settings of the upgrade in flight may have been told earlier.
  const idle = spans.findLastIndex(
    (span, index) => index <= steady && span.kind === "status" && isIdle(span.status.state),
  );
  return Math.max(0, idle);
}

function afterAnswers(fold: Fold, span: StatusSpan): Fold {
  const answers = fold.answers + span.polls;
  const { trouble } = fold;
  return {
    trouble:
      trouble === null || answers >= steadyPolls
        ? null
        : { ...trouble, polls: trouble.polls + span.polls },
    failures: 0,
    answers,
    silentFrom: null,
    heard: span,
    settings: isIdle(span.status.state) ? null : (span.status.settings ?? fold.settings),
  };
}

function afterFailures(fold: Fold, span: UnreachableSpan, addresses: number): Fold {
  const { failure, polls } = span;
  const silent = {
    ...fold,
    failures: fold.failures + polls,
    answers: 0,
    silentFrom: fold.silentFrom ?? span.from,
  };
  if (isExcusable(failure) && expectedAbsence(fold.heard, addresses, fold.settings) !== null) {
    return { ...silent, trouble: distrustLasting(fold.trouble, polls) };
  }
  const link = linkAfter(fold.trouble, failure, silent.failures);
  if (link === null) {
    return silent;
  }
  const before = fold.trouble ?? {
    since: silent.silentFrom,
    polls: fold.failures,
    failed: fold.failures,
  };
  const trouble = {
    link,
    since: before.since,
    polls: before.polls + polls,
    failed: before.failed + polls,
    failure,
  };
  return { ...silent, trouble };
}

/** Who was not to be trusted and then went silent has not become the cluster again: only an answer ends that. */
function distrustLasting(before: Trouble | null, polls: number): Trouble | null {
  return before === null || isExcusable(before.failure)
    ? null
    : { ...before, polls: before.polls + polls, failed: before.failed + polls };
}

/** What a failure makes of the link; null while it may still be a hiccup. */
function linkAfter(
  before: Trouble | null,
  failure: Failure,
  failuresInARow: number,
): Trouble["link"] | null {
  if (!isExcusable(failure)) {
    return "outage";
  }
  if (failure.kind === "auth") {
    return "denied";
  }
  return failuresInARow >= outagePolls ? "outage" : (before?.link ?? null);
}
