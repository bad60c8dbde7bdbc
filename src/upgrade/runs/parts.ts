import type { Failure } from "../observation.ts";
import { spanEnd, type StatusSpan } from "../span.ts";
import type { EpochMs } from "../status.ts";
import { type LinkSegment, timeline } from "../timeline.ts";
import { outagePolls } from "../trouble.ts";
import { followerOf, type RunDraft } from "./cut.ts";

/** A time within a run in which nothing was heard, and why. */
export type Absence = {
  /** `missed`: a failed poll or two, which is no outage; `unobserved`: we were not watching. */
  readonly kind: "away" | "outage" | "unobserved" | "missed";
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** What was last heard before. */
  readonly state: string;
  /** The newest reason; null where we were not watching. */
  readonly failure: Failure | null;
  /** Failed polls in it. */
  readonly polls: number;
};

/** A piece of a run's time. Together, all of them fill it from its first answer to its end. */
export type RunPart = {
  /**
   * `measured`: the state was heard; `inferred`: nothing was heard, but the same state before and after; `unheard`:
   * nothing was heard, and the state changed meanwhile or was not heard again.
   */
  readonly kind: "measured" | "inferred" | "unheard";
  /** The state heard or inferred; null where it is not known. */
  readonly state: string | null;
  readonly from: EpochMs;
  readonly to: EpochMs;
};

/**
 * Divides a run's time into what was measured, what is inferred and what was not heard, without an overlap or a hole.
 *
 * @param addresses how many addresses of the cluster are asked; the limits of an expected absence depend on it
 */
export function partsOf(
  draft: RunDraft,
  addresses: number,
): { readonly parts: readonly RunPart[]; readonly absences: readonly Absence[] } {
  const parts: RunPart[] = [];
  const absences = absencesOf(draft, addresses);
  const answers = draft.spans.filter((span) => span.kind === "status");
  let answered = 0;
  draft.spans.forEach((span, index) => {
    const from = span.from;
    const to = spanEnd(span, draft.spans[index + 1] ?? followerOf(draft));
    if (span.kind === "status") {
      answered += 1;
      push(parts, { kind: "measured", state: span.status.state, from, to });
      return;
    }
    const heard = answers[answered - 1];
    const holds = heard !== undefined && heldThrough(heard, answers[answered]);
    const state = holds ? heard.status.state : null;
    push(parts, { kind: state === null ? "unheard" : "inferred", state, from, to });
  });
  return { parts, absences };
}

/** A part of no length tells nothing; a neighbour of the same kind is one with it. */
function push(parts: RunPart[], part: RunPart): void {
  const last = parts.at(-1);
  if (last?.kind === part.kind && last.state === part.state) {
    parts.splice(-1, 1, { ...last, to: part.to });
  } else if (part.to > part.from) {
    parts.push(part);
  }
}

/** Whether a state can be taken to have held from one answer to the next. A percent that fell began anew in between. */
function heldThrough(before: StatusSpan, after: StatusSpan | undefined): boolean {
  const { state, progress } = before.status;
  const isPreparing = state === "UPGRADE_STATE_PREPARING";
  const fell = isPreparing && (progress ?? 0) > (after?.status.progress ?? 100);
  return state === after?.status.state && !fell;
}

function absencesOf(draft: RunDraft, addresses: number): readonly Absence[] {
  const follower = followerOf(draft);
  const before = draft.before === undefined ? [] : [draft.before];
  const after = follower === undefined ? [] : [follower];
  const { link } = timeline([...before, ...draft.spans, ...after], addresses);
  const absences: Absence[] = [];
  let place = 0;
  let state = "";
  link.forEach((segment, index) => {
    const { kind, from, to, failure } = segment;
    let polls = 0;
    for (let span = draft.spans[place]; span !== undefined && span.from < to;) {
      state = span.kind === "status" ? span.status.state : state;
      polls += span.kind === "unreachable" ? span.polls : 0;
      place += 1;
      span = draft.spans[place];
    }
    if (kind !== "answering" && to > from) {
      const isMissed = isHiccup(segment, link[index - 1], polls);
      absences.push({ kind: isMissed ? "missed" : kind, from, to, state, failure, polls });
    }
  });
  return absences;
}

/** A hiccup: too few failures for an outage, of a kind that is none at once, and not the end of a longer absence. */
function isHiccup(
  { kind, from, failure }: LinkSegment,
  before: LinkSegment | undefined,
  polls: number,
): boolean {
  const goesOn = before?.kind === "away" && before.to === from;
  return kind === "outage" && !goesOn && polls < outagePolls && failure?.trust !== true;
}
