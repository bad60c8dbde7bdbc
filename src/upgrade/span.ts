import type { Failure, Observation } from "./observation.ts";
import type { EpochMs, UpgradeSettings, UpgradeStatus } from "./status.ts";

type Stretch = {
  /** The first poll that heard this. */
  readonly from: EpochMs;
  /** The last poll that heard the same. */
  readonly to: EpochMs;
  /** How many polls in a row heard it. */
  readonly polls: number;
  /** The address that answered last. */
  readonly node: string | null;
  /** How far the wall clock was set right before this span, negative for back; see `redate.ts`. */
  readonly clockSetMs?: number | undefined;
};

/** Polls in a row that were answered with the same status. */
export type StatusSpan = Stretch & {
  readonly kind: "status";
  readonly status: UpgradeStatus;
  /** The running version as read at the time; null when it could not be read. */
  readonly version: string | null;
};

/** Polls in a row that failed in the same way. */
export type UnreachableSpan = Stretch & { readonly kind: "unreachable"; readonly failure: Failure };

/** A time in which we were not watching: before a start, or in a hole between polls. */
export type UnobservedSpan = Stretch & {
  readonly kind: "unobserved";
  /** Whether it ends with a start of ours; an earlier process may have had another clock. */
  readonly started?: boolean | undefined;
};

/**
 * From one moment to another, so many polls in a row: this is what we heard, or why nobody answered, or that we were
 * not watching. Everything on screen is a projection of spans.
 */
export type Span = StatusSpan | UnreachableSpan | UnobservedSpan;

/** What an observation does to a history: the last span grows, or spans follow it. */
export type Change =
  | { readonly kind: "stretch"; readonly span: Span }
  | { readonly kind: "append"; readonly spans: readonly Span[] };

/** How many intervals a hole between polls may last before it counts as not observed. */
export const holeLimitIntervals = 3;

/** What happened since the observation before, other than time. */
export type Meanwhile = {
  /** True for the first observation after a start: what lies before was not observed, however short. */
  readonly justStarted?: boolean;
  /** How far the wall clock was set; everything given here is dated by the clock as it is now. */
  readonly clockSetMs?: number;
};

/**
 * What one more observation does to a history whose last span is `last`.
 *
 * @param last the newest span, or undefined for an empty history
 * @param intervalMs the wait that was planned before this poll; a hole of more than three of them was not observed
 */
export function observe(
  last: Span | undefined,
  observation: Observation,
  intervalMs: number,
  { justStarted = false, clockSetMs = 0 }: Meanwhile = {},
): Change {
  const next = spanOf(observation);
  if (last === undefined) {
    return { kind: "append", spans: [next] };
  }
  // Whatever the dates say, spans never overlap: an answer counts at the earliest from where the last one ended.
  const placed: Span = {
    ...next,
    from: Math.max(next.from, last.to),
    to: Math.max(next.to, last.to),
  };
  const holeMs = observation.startedAt - last.to;
  if (justStarted || holeMs > holeLimitIntervals * intervalMs) {
    const hole: UnobservedSpan = {
      kind: "unobserved",
      from: last.to,
      to: placed.from,
      polls: 0,
      node: null,
      ...(justStarted ? { started: true } : {}),
    };
    return append(hole.to > hole.from ? [hole, placed] : [placed], clockSetMs);
  }
  if (clockSetMs === 0 && hearSame(last, placed)) {
    const span: Span = {
      ...placed,
      from: last.from,
      polls: last.polls + placed.polls,
      ...setBy(last.clockSetMs ?? 0),
    };
    return { kind: "stretch", span };
  }
  return append([placed], clockSetMs);
}

function append([first, ...more]: readonly Span[], clockSetMs: number): Change {
  const spans = first === undefined ? [] : [{ ...first, ...setBy(clockSetMs) }, ...more];
  return { kind: "append", spans };
}

/** The history after a change. */
export function applyChange(spans: readonly Span[], change: Change): readonly Span[] {
  return change.kind === "append"
    ? [...spans, ...change.spans]
    : [...spans.slice(0, -1), change.span];
}

/** Whether two spans heard the same: state, whole percent, settings, error text, version, or failure kind. */
export function hearSame(one: Span, other: Span): boolean {
  if (one.kind === "unobserved" || other.kind === "unobserved") {
    return one.kind === other.kind;
  }
  if (one.kind === "unreachable" || other.kind === "unreachable") {
    return (
      one.kind === "unreachable" &&
      other.kind === "unreachable" &&
      one.failure.kind === other.failure.kind &&
      (one.failure.trust ?? false) === (other.failure.trust ?? false)
    );
  }
  return (
    one.version === other.version &&
    one.status.state === other.status.state &&
    one.status.error_info === other.status.error_info &&
    wholePercent(one.status.progress) === wholePercent(other.status.progress) &&
    sameSettings(one.status.settings, other.status.settings)
  );
}

/** The percent as it is written: floored, so that 99.9 is never 100. */
export function wholePercent(progress: number | null): number | null {
  return progress === null ? null : Math.floor(progress);
}

/**
 * When a span ceases to hold: a hole of up to three intervals before the next span belongs to it.
 *
 * @param next the span that follows, or undefined for the newest one
 */
export function spanEnd(span: Span, next: Span | undefined): EpochMs {
  return next === undefined ? span.to : Math.max(span.to, next.from);
}

function setBy(clockSetMs: number): Pick<Stretch, "clockSetMs"> {
  return clockSetMs === 0 ? {} : { clockSetMs };
}

function sameSettings(one: UpgradeSettings | null, other: UpgradeSettings | null): boolean {
  if (one === null || other === null) {
    return one === other;
  }
  return (
    one.install_path === other.install_path &&
    one.target_version === other.target_version &&
    one.upgrade_type === other.upgrade_type &&
    one.auto_commit === other.auto_commit &&
    one.do_rolling_reboot === other.do_rolling_reboot &&
    one.num_nodes_to_reboot === other.num_nodes_to_reboot
  );
}

function spanOf(observation: Observation): Span {
  const { at, node } = observation;
  if (observation.kind === "unreachable") {
    // A poll that hangs says from its start that nobody answers.
    const { failure, startedAt } = observation;
    return { kind: "unreachable", from: startedAt, to: at, polls: 1, node, failure };
  }
  const { status, version } = observation;
  return { kind: "status", from: at, to: at, polls: 1, node, status, version };
}
