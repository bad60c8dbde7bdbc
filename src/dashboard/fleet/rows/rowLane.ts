/** The compact timeline of a row: what the lanes' answer tells, carried on to now by the row's own summary. */
import type { Lanes } from "../../../contract/api.ts";
import { type EpochMs, isIdle } from "../../../upgrade/status.ts";
import { faceOf } from "../../shell/bandFace.ts";
import { fillClass } from "../../shell/bandFill.ts";
import { hourAndMinute } from "../../ui/format.ts";
import { finestShare, type HeardCluster } from "./heardCluster.ts";

export type LaneSegment = Lanes["lanes"][number]["segments"][number];

/** A piece of the lane as it is drawn; places are 0 at the begin of the range and 1 at now. */
export type LanePiece = {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly className: string;
  /** Nothing is in flight: drawn thinner, so that what is catches the eye. */
  readonly isThin: boolean;
};

/** A row's lane: its pieces, and the same in words. */
export type RowLane = { readonly pieces: readonly LanePiece[]; readonly words: string };

/**
 * @param segments what the server told of the range; undefined until it did
 * @param now the server's moment of the summary
 */
export function rowLane(
  summary: HeardCluster,
  segments: readonly LaneSegment[] | undefined,
  now: EpochMs,
  hours: number,
  zone: string,
): RowLane {
  const from = now - hours * 3_600_000;
  const told = carriedOn(segments ?? [], summary, now).filter(({ to }) => to >= from);
  const begin = told[0]?.from ?? now;
  const provenFrom = summary.verdict === "done" ? (summary.run?.to ?? null) : null;
  const place = (at: EpochMs): number => Math.min(1, Math.max(0, (at - from) / (now - from)));
  const before: LaneSegment = { kind: "unobserved", state: null, from, to: begin };
  const pieces = [...(begin > from ? [before] : []), ...told].map((segment) => {
    const start = place(segment.from);
    const isIdleState = segment.kind === "state" && isIdle(segment.state ?? "");
    const isProven = isIdleState && provenFrom !== null && segment.from >= provenFrom;
    const face = faceOf(segment);
    return {
      key: `${segment.kind}-${segment.state ?? ""}-${segment.from}`,
      start,
      end: Math.max(place(segment.to), Math.min(1, start + finestShare)),
      className: `tone-${isProven ? "done" : face.tone} ${fillClass(face)}`,
      isThin: isIdleState,
    };
  });
  return { pieces, words: wordsOf(told, zone) };
}

/** The lanes are asked for now and then; what the cluster is at present is known from every poll. */
function carriedOn(
  segments: readonly LaneSegment[],
  summary: HeardCluster,
  now: EpochMs,
): readonly LaneSegment[] {
  const present = presentOf(summary, now);
  const last = segments.at(-1);
  if (present === null) {
    return segments;
  }
  if (last === undefined) {
    return [present];
  }
  return last.kind === present.kind && last.state === present.state
    ? [...segments.slice(0, -1), { ...last, to: Math.max(last.to, present.to) }]
    : [...segments, { ...present, from: Math.max(last.to, present.from) }].filter(
        ({ from, to }) => to >= from,
      );
}

/** A state lasts as long as it was heard, never into a silence. */
function presentOf(summary: HeardCluster, now: EpochMs): LaneSegment | null {
  const { link, linkSince, state, stateSince, observedAt } = summary;
  switch (link) {
    case "answering":
      return state === null || stateSince === null || observedAt === null
        ? null
        : { kind: "state", state, from: stateSince, to: Math.max(stateSince, observedAt) };
    case "away":
      return { kind: "away", state, from: linkSince, to: Math.max(linkSince, now) };
    case "outage":
    case "denied":
      return { kind: "outage", state, from: linkSince, to: Math.max(linkSince, now) };
    case "unseen":
      return null;
  }
}

/** What was in flight, in words: a lane is a picture, and this is its text. */
function wordsOf(segments: readonly LaneSegment[], zone: string): string {
  if (segments.length === 0) {
    return "Nothing on record";
  }
  const told = segments
    .filter(({ kind, state }) => kind !== "state" || !isIdle(state ?? ""))
    .map((segment) => `${faceOf(segment).word} from ${hourAndMinute(segment.from, zone)}`);
  return told.length === 0 ? "Idle throughout" : told.slice(-6).join(", ");
}
