import { type ExpectedAbsence, expectedAbsence, settingsInFlight } from "./absence.ts";
import { clearedError, type ErrorEntry, presentError } from "./runs/errors.ts";
import type { Forecasts } from "./forecast/forecast.ts";
import { type Bounds, forecastsOf, noForecasts, type Past } from "./forecast/forecasts.ts";
import type { Failure } from "./observation.ts";
import type { RebootProgress } from "./reboot.ts";
import { lastRun, type Run } from "./runs/run.ts";
import { type Span, type StatusSpan, wholePercent } from "./span.ts";
import type { EpochMs } from "./status.ts";
import { type Trouble, troubleOf } from "./trouble.ts";
import { sameVersion } from "./version.ts";

/** Everything that a verdict is decided from, beside the history. */
export type Surroundings = {
  /** When this process began to watch: what was heard before it is not a present answer. */
  readonly startedAt: EpochMs;
  /** How many addresses of the cluster are asked. */
  readonly addresses: number;
  readonly reboot: RebootProgress | null;
  /** Why the next upgrade may not start; null when nothing blocks it. */
  readonly blockedReason: string | null;
  /** The earlier upgrades that forecasts and limits rest on; without, they rest on the present one alone. */
  readonly past?: Past;
};

/** A history, read: what holds now and since when. */
export type Situation = Surroundings & {
  /** The last answer, however old; undefined when there was none. */
  readonly heard: StatusSpan | undefined;
  /** Whether an answer came since the start. */
  readonly heardSinceStart: boolean;
  /** The present silence; null while the last poll was answered. */
  readonly silence: Silence | null;
  /** An outage or a refusal that two answers in a row have not ended; null while there is none. */
  readonly trouble: Trouble | null;
  /** Since when it answers without an outage or an expected absence; null where the newest stretch is none. */
  readonly answeringSince: EpochMs | null;
  readonly stateSince: EpochMs | null;
  readonly stateSinceExact: boolean;
  /** Since when neither state nor whole percent changed. */
  readonly unchangedSince: EpochMs | null;
  /** The run in flight, or the last one that ended; undefined when none was heard of. */
  readonly run: Run | undefined;
  readonly errorInfo: string | null;
  /** An error of the run in flight that it reports no longer. */
  readonly clearedError: ErrorEntry | null;
  readonly forecasts: Forecasts;
};

/** Polls in a row without an answer. */
export type Silence = {
  /** Since when nobody answers: the first failed poll, or the last answer where we did not watch in between. */
  readonly since: EpochMs;
  /** Whether we watched all that time. */
  readonly watched: boolean;
  readonly polls: number;
  /** The newest reason. */
  readonly failure: Failure;
  readonly expected: ExpectedAbsence | null;
};

const noPast: Past = { cluster: "", earlier: [] };

/**
 * Reads a history for what holds now.
 *
 * @param spans oldest first, at least from the start of the last run on
 */
export function situationOf(spans: readonly Span[], surroundings: Surroundings): Situation {
  const heard = spans.findLast((span) => span.kind === "status");
  const run = lastRun(spans);
  const own = run?.to === null ? spans.filter((span) => span.from >= run.from) : spans;
  const isSameState = ({ status, version }: StatusSpan): boolean =>
    status.state === heard?.status.state && sameVersion(version, heard.version) !== false;
  const stateStart = startOf(own, spans, isSameState);
  const unchanged = startOf(
    own,
    spans,
    (span) =>
      isSameState(span) &&
      wholePercent(span.status.progress) === wholePercent(heard?.status.progress ?? null),
  );
  const runSpans = run === undefined ? [] : spans.filter((span) => span.to >= run.from);
  const state = heard?.status.state ?? "";
  const { startedAt, addresses, reboot, blockedReason, past = noPast } = surroundings;
  const forecasts =
    run?.to === null
      ? forecastsOf(
          { run, spans: runSpans, state, stateBegan: stateStart?.began ?? null, reboot },
          past,
        )
      : noForecasts;
  // Name by name: to spread is slow, and a thousand clusters are looked at every second.
  return {
    startedAt,
    addresses,
    reboot,
    blockedReason,
    past,
    heard,
    heardSinceStart: heard !== undefined && heard.to >= startedAt,
    silence: silenceOf(spans, heard, addresses),
    trouble: troubleOf(spans, addresses),
    answeringSince: answeringSinceOf(spans),
    stateSince: stateStart?.at ?? null,
    stateSinceExact: stateStart?.exact ?? false,
    unchangedSince: unchanged?.at ?? null,
    run,
    errorInfo: presentError(heard?.status.error_info ?? null),
    clearedError: run?.to === null ? clearedError(runSpans) : null,
    forecasts,
  };
}

/**
 * Where the newest stretch of answers that all match began; gaps inside it do not end it.
 *
 * @param own where to look: no further back than the run in flight
 * @param all the whole history, which tells whether the change was seen
 */
function startOf(
  own: readonly Span[],
  all: readonly Span[],
  matches: (span: StatusSpan) => boolean,
): { at: EpochMs; exact: boolean; began: Bounds | null } | null {
  let first: StatusSpan | undefined;
  for (const span of own.toReversed()) {
    if (span.kind !== "status") {
      continue;
    }
    if (!matches(span)) {
      break;
    }
    first = span;
  }
  if (first === undefined) {
    return null;
  }
  const before = all.slice(0, all.lastIndexOf(first));
  // The change is exact when the poll right before it was answered with something else.
  const exact = before.at(-1)?.kind === "status";
  const other = before.findLast((span) => span.kind === "status");
  const earliest = exact ? first.from : other?.to;
  return {
    at: first.from,
    exact,
    began: earliest === undefined ? null : { earliest, latest: first.from },
  };
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
  const silent = spans.slice((heard === undefined ? -1 : spans.lastIndexOf(heard)) + 1);
  const watched = silent.every(({ kind }) => kind === "unreachable");
  const expected = expectedAbsence(heard, addresses, settingsInFlight(spans));
  return {
    since: silent[0]?.from ?? newest.from,
    watched,
    polls: silent.reduce((sum, { polls }) => sum + polls, 0),
    failure: newest.failure,
    expected,
  };
}

function answeringSinceOf(spans: readonly Span[]): EpochMs | null {
  let since: EpochMs | null = null;
  const hiccup = spans.at(-1)?.kind === "unreachable";
  for (const span of spans.toReversed()) {
    if (span.kind === "status") {
      since = span.from;
    } else if (since !== null || !hiccup) {
      break;
    }
  }
  return since;
}
