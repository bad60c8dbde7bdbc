import { type ExpectedAbsence, expectedAbsence } from "./absence.ts";
import { presentError } from "./errors.ts";
import { type Forecast, forecastPreparing } from "./forecast.ts";
import type { Failure } from "./observation.ts";
import { cutRuns, type Run } from "./run.ts";
import { type Span, type StatusSpan, wholePercent } from "./span.ts";
import type { EpochMs } from "./status.ts";

/** What the reboot endpoint reports of a rolling reboot. */
export type RebootProgress = {
  readonly total: number;
  readonly rebooted: number;
  /** The cluster's own word, e.g. `REBOOT_IN_PROGRESS`. */
  readonly state: string;
  /** The cluster's own error text; null when it reports none. */
  readonly error: string | null;
  /** Since when the count of rebooted nodes is what it is. */
  readonly since: EpochMs;
};

/** Everything that a verdict is decided from, beside the history. */
export type Surroundings = {
  /** When this process began to watch: what was heard before it is not a present answer. */
  readonly startedAt: EpochMs;
  /** How many addresses of the cluster are asked. */
  readonly addresses: number;
  readonly reboot: RebootProgress | null;
  /** Why the next upgrade may not start; null when nothing blocks it. */
  readonly blockedReason: string | null;
};

/** A history, read: what holds now and since when. */
export type Situation = Surroundings & {
  /** The last answer, however old; undefined when there was none. */
  readonly heard: StatusSpan | undefined;
  /** Whether an answer came since the start. */
  readonly heardSinceStart: boolean;
  /** The present silence; null while the last poll was answered. */
  readonly silence: Silence | null;
  /** Since when it answers without a failure; null while it is silent. */
  readonly answeringSince: EpochMs | null;
  readonly stateSince: EpochMs | null;
  readonly stateSinceExact: boolean;
  /** Since when neither state nor whole percent changed. */
  readonly unchangedSince: EpochMs | null;
  /** The run in flight, or the last one that ended; undefined when none was heard of. */
  readonly run: Run | undefined;
  readonly errorInfo: string | null;
  readonly forecast: Forecast | null;
};

/** Polls in a row without an answer. */
export type Silence = {
  readonly since: EpochMs;
  readonly polls: number;
  /** The newest reason. */
  readonly failure: Failure;
  readonly expected: ExpectedAbsence | null;
};

/**
 * Reads a history for what holds now.
 *
 * @param spans oldest first, at least from the start of the last run on
 */
export function situationOf(spans: readonly Span[], surroundings: Surroundings): Situation {
  const heard = spans.findLast((span) => span.kind === "status");
  const run = cutRuns(spans).at(-1);
  const stateStart = startOf(spans, (span) => span.status.state === heard?.status.state);
  const unchanged = startOf(
    spans,
    (span) =>
      span.status.state === heard?.status.state &&
      wholePercent(span.status.progress) === wholePercent(heard.status.progress),
  );
  const runSpans = run === undefined ? [] : spans.filter((span) => span.to >= run.from);
  return {
    ...surroundings,
    heard,
    heardSinceStart: heard !== undefined && heard.to >= surroundings.startedAt,
    silence: silenceOf(spans, heard, surroundings.addresses),
    answeringSince: answeringSinceOf(spans),
    stateSince: stateStart?.at ?? null,
    stateSinceExact: stateStart?.exact ?? false,
    unchangedSince: unchanged?.at ?? null,
    run,
    errorInfo: presentError(heard?.status.error_info ?? null),
    forecast: run?.to === null ? forecastPreparing(runSpans) : null,
  };
}

/** Where the newest stretch of answers that all match began; gaps inside it do not end it. */
function startOf(
  spans: readonly Span[],
  matches: (span: StatusSpan) => boolean,
): { at: EpochMs; exact: boolean } | null {
  let start: { at: EpochMs; exact: boolean } | null = null;
  for (let index = spans.length - 1; index >= 0; index -= 1) {
    const span = spans[index];
    if (span?.kind !== "status") {
      continue;
    }
    if (!matches(span)) {
      break;
    }
    // The change is exact when the poll right before it was answered with something else.
    start = { at: span.from, exact: spans[index - 1]?.kind === "status" };
  }
  return start;
}

function silenceOf(
  spans: readonly Span[],
  heard: StatusSpan | undefined,
  addresses: number,
): Silence | null {
  const newest = spans.at(-1);
  if (newest?.kind !== "unreachable") {
    return null;
  }
  let since = newest.from;
  let polls = 0;
  const silent = spans.slice((heard === undefined ? -1 : spans.lastIndexOf(heard)) + 1);
  for (const [index, span] of silent.toReversed().entries()) {
    // Silence goes on through a restart of ours only if it was there before it: else nobody knows when it began.
    const before = silent[silent.length - 2 - index];
    if (span.kind === "unobserved" && before?.kind !== "unreachable") {
      break;
    }
    since = span.from;
    polls += span.polls;
  }
  const expected = expectedAbsence(heard, addresses);
  return { since, polls, failure: newest.failure, expected };
}

function answeringSinceOf(spans: readonly Span[]): EpochMs | null {
  let since: EpochMs | null = null;
  for (const span of spans.toReversed()) {
    if (span.kind !== "status") {
      break;
    }
    since = span.from;
  }
  return since;
}
