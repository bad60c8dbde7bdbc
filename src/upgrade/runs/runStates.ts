import { missedStates } from "../missed.ts";
import { type StatusSpan, spanEnd, wholePercent } from "../span.ts";
import { type EpochMs, isIdle } from "../status.ts";
import { followerOf, type RunDraft } from "./cut.ts";
import type { RunPart } from "./parts.ts";

/** One stay in a state: from the first answer in it to the change out of it, or inferred to lie between two answers. */
export type RunState = {
  /** One of the six states, or what the cluster said verbatim. */
  readonly state: string;
  /** True where it was not heard at all: it must have been passed between `from` and `to`. */
  readonly inferred: boolean;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Whether it still holds. */
  readonly open: boolean;
  /** False where the change into it was not heard from one poll to the next. */
  readonly fromExact: boolean;
  /** The same for the change out of it; false while it is open. */
  readonly toExact: boolean;
  /** For how long it was heard. */
  readonly measuredMs: number;
  /** For how long nothing was heard between two answers in it. */
  readonly inferredMs: number;
  /** It lasted at least so long: from the first answer in it to the last. */
  readonly leastMs: number;
  /** And at most so long: from the last answer before it to the first after; null where there was none before. */
  readonly mostMs: number | null;
  /** The longest time in it without a change of the whole percent, gaps included. */
  readonly longestStillMs: number;
};

type Stay = {
  readonly state: string;
  readonly first: number;
  last: number;
};

/** Whether an answer goes on in what the one before it told, beyond being in the same state. */
type GoesOn = (before: StatusSpan, next: StatusSpan) => boolean;

/**
 * The stays in states that a run passed, in their order.
 *
 * @param parts the run's time, divided; see `parts.ts`
 * @param goesOn false where a stay is to be divided though the state did not change
 */
export function statesOf(
  draft: RunDraft,
  parts: readonly RunPart[],
  goesOn: GoesOn = () => true,
): readonly RunState[] {
  const { spans } = draft;
  const stays: Stay[] = [];
  let before: StatusSpan | undefined;
  for (const [index, span] of spans.entries()) {
    if (span.kind !== "status") {
      continue;
    }
    const { state } = span.status;
    const last = stays.at(-1);
    if (last?.state === state && before !== undefined && goesOn(before, span)) {
      last.last = index;
    } else {
      stays.push({ state, first: index, last: index });
    }
    before = span;
  }
  const found: RunState[] = [];
  let heard = draft.before;
  // What was missed on the way out of the run before belongs to that run, not to this one.
  let mayHaveMissed = heard !== undefined && isIdle(heard.status.state);
  for (const stay of stays) {
    const first = statusAt(draft, stay.first);
    if (first === undefined) {
      continue;
    }
    found.push(...(mayHaveMissed ? missed(heard, first) : []), stayOf(draft, parts, stay, heard));
    heard = statusAt(draft, stay.last);
    mayHaveMissed = true;
  }
  const follower = followerOf(draft);
  return follower === undefined ? found : [...found, ...missed(heard, follower)];
}

function statusAt({ spans }: RunDraft, index: number): StatusSpan | undefined {
  const span = spans[index];
  return span?.kind === "status" ? span : undefined;
}

function missed(before: StatusSpan | undefined, after: StatusSpan): readonly RunState[] {
  const states = before === undefined ? [] : missedStates(before, after);
  const from = before?.to ?? after.from;
  return states
    .filter((state) => !isIdle(state))
    .map((state) => ({
      state,
      inferred: true,
      from,
      to: after.from,
      open: false,
      fromExact: false,
      toExact: false,
      measuredMs: 0,
      inferredMs: 0,
      leastMs: 0,
      mostMs: after.from - from,
      longestStillMs: 0,
    }));
}

function stayOf(
  draft: RunDraft,
  parts: readonly RunPart[],
  stay: Stay,
  before: StatusSpan | undefined,
): RunState {
  const { spans } = draft;
  const follower = followerOf(draft);
  const first = spans[stay.first];
  const last = spans[stay.last];
  const from = first?.from ?? 0;
  const next = spans[stay.last + 1] ?? follower;
  const to = last === undefined ? from : spanEnd(last, next);
  const later = spans.slice(stay.last + 1).find(({ kind }) => kind === "status") ?? follower;
  const lengthOf = (kind: RunPart["kind"]): number => lengthWithin(parts, kind, from, to);
  const until = later?.from ?? spans.at(-1)?.to ?? to;
  return {
    state: stay.state,
    inferred: false,
    from,
    to,
    open: later === undefined,
    fromExact:
      stay.first === 0
        ? before !== undefined && !draft.gapBefore
        : spans[stay.first - 1]?.kind === "status",
    toExact: later !== undefined && next === later,
    measuredMs: lengthOf("measured"),
    inferredMs: lengthOf("inferred"),
    leastMs: (last?.to ?? from) - from - lengthOf("unheard"),
    mostMs: before === undefined ? null : until - before.to,
    longestStillMs: longestStillMs(draft, stay, to),
  };
}

function lengthWithin(
  parts: readonly RunPart[],
  kind: RunPart["kind"],
  from: EpochMs,
  to: EpochMs,
): number {
  return parts.reduce((sum, part) => {
    const ms = Math.min(to, part.to) - Math.max(from, part.from);
    return part.kind === kind && ms > 0 ? sum + ms : sum;
  }, 0);
}

function longestStillMs({ spans }: RunDraft, { first, last }: Stay, to: EpochMs): number {
  let longest = 0;
  let since = spans[first]?.from ?? to;
  let percent: number | null | undefined;
  for (const span of spans.slice(first, last + 1)) {
    if (span.kind === "status" && wholePercent(span.status.progress) !== percent) {
      longest = Math.max(longest, percent === undefined ? 0 : span.from - since);
      since = span.from;
      percent = wholePercent(span.status.progress);
    }
  }
  return Math.max(longest, to - since);
}
