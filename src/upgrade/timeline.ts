import { expectedAbsence, isExcusable } from "./absence.ts";
import { missedStates } from "./missed.ts";
import type { Failure } from "./observation.ts";
import { type Span, type StatusSpan, spanEnd, type UnreachableSpan } from "./span.ts";
import { type EpochMs, isIdle, type State, type UpgradeSettings } from "./status.ts";
import { outagePolls } from "./trouble.ts";

/** A piece of the state lane. `open` marks the newest one, which ends where the last poll was answered or failed. */
export type Segment =
  | {
      readonly kind: "state";
      readonly state: string;
      readonly from: EpochMs;
      readonly to: EpochMs;
      /** False when the change into it fell into a gap, or lies before the first poll. */
      readonly startExact: boolean;
      readonly open: boolean;
    }
  /** Inferred: it fell between two answers, at `from` and at `to`, and lasted at most the time between. */
  | {
      readonly kind: "missed";
      readonly state: State;
      readonly from: EpochMs;
      readonly to: EpochMs;
    }
  | {
      readonly kind: "away" | "outage";
      /** What was last heard before; null when nothing was. */
      readonly state: string | null;
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly open: boolean;
      readonly failure: Failure;
    }
  | {
      readonly kind: "unobserved";
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly open: boolean;
    };

/** A piece of the link lane. */
export type LinkSegment = {
  readonly kind: "answering" | "away" | "outage" | "unobserved";
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly open: boolean;
  readonly failure: Failure | null;
};

/** The two lanes that a history draws. */
export type Timeline = {
  readonly states: readonly Segment[];
  readonly link: readonly LinkSegment[];
};

/**
 * Draws spans as a state lane and a link lane. Only what was heard becomes a state; what must have happened between
 * two answers becomes `missed`, bounded by them; silence becomes `away`, `outage` or `unobserved`.
 *
 * @param spans oldest first
 * @param addresses how many addresses of the cluster are asked; the limits of an expected absence depend on it
 */
export function timeline(spans: readonly Span[], addresses = 1): Timeline {
  const stateLane: Segment[] = [];
  const linkLane: LinkSegment[] = [];
  let heard: StatusSpan | undefined;
  let settings: UpgradeSettings | null = null;
  let gapSinceHeard = true;
  for (const group of groups(spans)) {
    const { from, to, open } = group;
    if (group.kind === "unobserved") {
      stateLane.push({ kind: "unobserved", from, to, open });
      linkLane.push({ kind: "unobserved", from, to, open, failure: null });
      gapSinceHeard = true;
    } else if (group.kind === "unreachable") {
      const pieces = absencePieces(group, heard, settings, addresses);
      linkLane.push(
        ...pieces.map(({ kind, from, to, open, failure }) => ({ kind, from, to, open, failure })),
      );
      if (group.polls >= outagePolls || pieces.some(({ kind }) => kind === "away")) {
        stateLane.push(...pieces);
      }
      gapSinceHeard = true;
    } else {
      stateLane.push(...missedBetween(heard, group.first, gapSinceHeard));
      const previous = stateLane.at(-1);
      const { state } = group.first.status;
      if (previous?.kind === "state" && previous.state === state) {
        stateLane.splice(-1, 1, { ...previous, to, open });
      } else {
        stateLane.push({ kind: "state", state, from, to, startExact: !gapSinceHeard, open });
      }
      const link = linkLane.at(-1);
      if (link?.kind === "answering") {
        linkLane.splice(-1, 1, { ...link, to, open });
      } else {
        linkLane.push({ kind: "answering", from, to, open, failure: null });
      }
      heard = group.last;
      settings = isIdle(state) ? null : (heard.status.settings ?? settings);
      gapSinceHeard = false;
    }
  }
  return { states: stateLane, link: linkLane };
}

type Group = { readonly from: EpochMs; readonly to: EpochMs; readonly open: boolean } & (
  | { readonly kind: "status"; readonly first: StatusSpan; readonly last: StatusSpan }
  | { readonly kind: "unreachable"; readonly polls: number; readonly failures: UnreachableSpan[] }
  | { readonly kind: "unobserved" }
);

/** Neighbouring spans that draw as one: the same state, or one absence however its failures differ. */
function groups(spans: readonly Span[]): readonly Group[] {
  const found: Group[] = [];
  spans.forEach((span, index) => {
    const next = spans[index + 1];
    const to = spanEnd(span, next);
    const open = next === undefined;
    const before = found.at(-1);
    if (span.kind === "status") {
      if (before?.kind === "status" && before.last.status.state === span.status.state) {
        found.splice(-1, 1, { ...before, last: span, to, open });
      } else {
        found.push({ kind: "status", first: span, last: span, from: span.from, to, open });
      }
    } else if (span.kind === "unreachable") {
      const failures = before?.kind === "unreachable" ? before.failures : [];
      failures.push(span);
      const polls = (before?.kind === "unreachable" ? before.polls : 0) + span.polls;
      const from = failures[0]?.from ?? span.from;
      if (before?.kind === "unreachable") {
        found.pop();
      }
      found.push({ kind: "unreachable", polls, failures, from, to, open });
    } else {
      found.push({ kind: "unobserved", from: span.from, to, open });
    }
  });
  return found;
}

type AbsencePiece = Extract<Segment, { kind: "away" | "outage" }>;

function absencePieces(
  group: Extract<Group, { kind: "unreachable" }>,
  heard: StatusSpan | undefined,
  settings: UpgradeSettings | null,
  addresses: number,
): readonly AbsencePiece[] {
  const expected = expectedAbsence(heard, addresses, settings);
  const state = heard?.status.state ?? null;
  const limit = expected === null ? group.from : group.from + expected.limitMs;
  const distrusted = group.failures.find(({ failure }) => !isExcusable(failure))?.from;
  const outageFrom = Math.min(limit, distrusted ?? limit);
  const pieces: AbsencePiece[] = [];
  for (const [kind, from, to] of [
    ["away", group.from, Math.min(group.to, outageFrom)],
    ["outage", Math.max(group.from, outageFrom), group.to],
  ] as const) {
    const failure = group.failures.findLast((span) => span.from <= Math.max(from, to - 1))?.failure;
    const present =
      kind === "away"
        ? expected !== null && outageFrom > group.from
        : outageFrom < group.to || expected === null;
    if (present && failure !== undefined) {
      pieces.push({ kind, state, from, to, open: group.open && to === group.to, failure });
    }
  }
  return pieces;
}

function missedBetween(
  before: StatusSpan | undefined,
  after: StatusSpan,
  gap: boolean,
): readonly Segment[] {
  if (before === undefined) {
    return [];
  }
  // Without a gap a new version while idle is only the version being read again, not an upgrade that nobody saw.
  if (!gap && isIdle(before.status.state) && isIdle(after.status.state)) {
    return [];
  }
  return missedStates(before, after).map((state) => ({
    kind: "missed",
    state,
    from: before.to,
    to: after.from,
  }));
}
