/** The bands of the two lanes: what is drawn where, and what it is called. */
import type { EpochMs } from "../../../upgrade/status.ts";
import type { LinkSegment, Segment } from "../../../upgrade/timeline.ts";
import { moment } from "../../ui/format.ts";
import type { LiveClock } from "../liveClock.ts";
import { atLeast, atMost, shortDuration } from "../words/shortDuration.ts";
import { type Axis, placeOf } from "../axis/axis.ts";
import { type BandFace, faceOf, type Fill, linkFaces } from "../../shell/bandFace.ts";

/** A piece of a lane as it is drawn; places are 0 at the axis's start and 1 at its end. */
export type Band = BandFace & {
  readonly key: string;
  readonly from: EpochMs;
  /** Null where it still goes on; then it ends where the last answer, or the silence, ends. */
  readonly to: EpochMs | null;
  readonly start: number;
  readonly end: number;
  /** How far the moment of its start is to be trusted. */
  readonly startExact: boolean;
  /** True where `to - from` bounds how long it lasted, and nothing of it was heard. */
  readonly inferred: boolean;
  /** Why nobody answered, or what else is to be said of it. */
  readonly note: string | null;
  /** How many shorter pieces were drawn as one with it. */
  readonly merged: number;
};

/** Below so small a part of the axis, neighbours are drawn as one. */
const finestShare = 1 / 1000;
/** Only a crowded lane is thinned: a single short state keeps its own band and its flag. */
const crowdedBands = 120;

/** The bands of the state lane that lie on an axis, oldest first. */
export function stateBands(segments: readonly Segment[], axis: Axis): readonly Band[] {
  const shown = fromTheStart(segments, axis, stateHole).filter((segment) => touches(segment, axis));
  return thinned(shown.map((segment, index) => bandOf(segment, axis, shareOf(shown, index))));
}

/** The bands of the link lane that lie on an axis, oldest first. */
export function linkBands(segments: readonly LinkSegment[], axis: Axis): readonly Band[] {
  return thinned(
    fromTheStart(segments, axis, linkHole)
      .filter((segment) => touches(segment, axis))
      .map((segment) => ({
        ...placed(segment, axis),
        ...linkFaces[segment.kind],
        key: `${segment.kind}-${segment.from}`,
        startExact: true,
        inferred: false,
        note: segment.failure?.message ?? null,
        merged: 0,
      })),
  );
}

/** When an open band ends by now: with the last answer, or as far as its silence is known of. */
export function bandUntil({ fill }: Pick<Band, "fill">, clock: LiveClock): EpochMs {
  return fill === "solid" ? (clock.heardAt() ?? clock.now()) : clock.knownUntil();
}

/**
 * Up to when a band is known to last, in words: a moment, `now`, or since when nobody knows whether it still does.
 *
 * @param until the last answer of a state, or the end of what is known of a silence
 * @param live whether the picture is fresh
 */
export function bandEnd(
  band: Pick<Band, "to" | "fill">,
  until: EpochMs,
  now: EpochMs,
  zone: string,
  live: boolean,
): string {
  if (band.to !== null) {
    return moment(band.to, now, zone);
  }
  const isState = band.fill === "solid";
  if (isState ? live : until >= now) {
    return "now";
  }
  return `${isState ? "not heard" : "not known"} since ${moment(until, now, zone)}`;
}

/** A band in words: `Preparing, 13:44:46 to now, 22:40`. */
export function bandName(
  band: Band,
  until: EpochMs,
  now: EpochMs,
  zone: string,
  live = true,
): string {
  const since = `${band.startExact || band.inferred ? "" : "at latest "}${moment(band.from, now, zone)}`;
  const words = bandEnd(band, until, now, zone, live);
  const end = words.startsWith("not ") ? `, ${words}` : ` to ${words}`;
  const more = band.merged === 0 ? "" : `, with ${band.merged} shorter changes`;
  const note = band.inferred ? ", not seen" : "";
  return `${band.word}, ${since}${end}, ${bandDuration(band, until)}${note}${more}`;
}

/** How long a band lasts, or lasted at least, or may have lasted at most: `22:40`, `≥ 22:40`, `≤ 2 s`. */
export function bandDuration(band: Band, until: EpochMs): string {
  const ms = (band.to ?? Math.max(until, band.from)) - band.from;
  if (band.inferred) {
    return atMost(ms);
  }
  return band.startExact ? shortDuration(ms) : atLeast(ms);
}

const stateHole = (from: EpochMs, to: EpochMs): Segment => ({
  kind: "unobserved",
  from,
  to,
  open: false,
});

const linkHole = (from: EpochMs, to: EpochMs): LinkSegment => ({
  kind: "unobserved",
  from,
  to,
  open: false,
  failure: null,
});

/** What lies on an axis before the first poll on record was not observed. */
function fromTheStart<Piece extends Segment | LinkSegment>(
  segments: readonly Piece[],
  axis: Axis,
  hole: (from: EpochMs, to: EpochMs) => Piece,
): readonly Piece[] {
  const first = segments[0];
  return first === undefined || first.from <= axis.from
    ? segments
    : [hole(axis.from, first.from), ...segments];
}

function touches({ from, to }: { from: EpochMs; to: EpochMs }, axis: Axis): boolean {
  return to >= axis.from && from <= axis.to;
}

type Stretch = { readonly from: EpochMs; readonly to: EpochMs; readonly open?: boolean };

function placed(segment: Stretch, axis: Axis): Pick<Band, "from" | "to" | "start" | "end"> {
  const { from, to, open = false } = segment;
  return { from, to: open ? null : to, start: placeOf(axis, from), end: placeOf(axis, to) };
}

/** Where a missed state lies; it is bare where a gap is drawn below it, whose words would clash with its own. */
type Share = { readonly nth: number; readonly of: number; readonly isBare: boolean };

function isGap({ kind }: Segment): boolean {
  return kind === "away" || kind === "outage" || kind === "unobserved";
}

function overlaps(one: Segment, other: Segment): boolean {
  return one.from < other.to && other.from < one.to;
}

/**
 * States that were missed between the same two answers share the time between them. They are drawn one after another,
 * right after the gap that they lie over, so only neighbours are looked at.
 */
function shareOf(all: readonly Segment[], index: number): Share {
  const segment = all[index];
  if (segment?.kind !== "missed") {
    return { nth: 0, of: 1, isBare: false };
  }
  const isSame = (other: Segment | undefined): boolean =>
    other?.kind === "missed" && other.from === segment.from && other.to === segment.to;
  let first = index;
  while (isSame(all[first - 1])) {
    first -= 1;
  }
  let last = index;
  while (isSame(all[last + 1])) {
    last += 1;
  }
  let isBare = false;
  for (let at = first - 1; !isBare; at -= 1) {
    const before = all[at];
    if (before === undefined || !isGap(before)) {
      break;
    }
    isBare = overlaps(segment, before);
  }
  return { nth: index - first, of: last - first + 1, isBare };
}

function bandOf(segment: Segment, axis: Axis, share: Share): Band {
  const base = {
    ...placed(segment, axis),
    ...faceOf(segment),
    key: `${segment.kind}-${segment.from}`,
    inferred: false,
    startExact: true,
    note: null,
    merged: 0,
  };
  switch (segment.kind) {
    case "state":
      return { ...base, startExact: segment.startExact };
    case "missed": {
      const width = (base.end - base.start) / share.of;
      const start = base.start + share.nth * width;
      const key = `missed-${segment.state}-${segment.from}`;
      const label = share.isBare ? "" : base.label;
      return { ...base, key, label, start, end: start + width, inferred: true };
    }
    case "away":
    case "outage":
      return { ...base, note: segment.failure.message };
    case "unobserved":
      return { ...base, startExact: segment.from > axis.from };
  }
}

const severity = {
  outage: 4,
  away: 3,
  unobserved: 2,
  dashed: 1,
  solid: 0,
} as const satisfies Record<Fill, number>;

/** In a crowded lane, neighbours too fine to be told apart become one, which wears the face of the worst of them. */
function thinned(bands: readonly Band[]): readonly Band[] {
  if (bands.length <= crowdedBands) {
    return bands;
  }
  const kept: Band[] = [];
  for (const band of bands) {
    const before = kept.at(-1);
    const fine = band.end - band.start < finestShare && band.to !== null;
    if (before !== undefined && fine && before.end - before.start < finestShare) {
      const worst = severity[band.fill] > severity[before.fill] ? band : before;
      const { key, from, start } = before;
      kept.splice(-1, 1, {
        ...worst,
        key,
        from,
        start,
        to: band.to,
        end: band.end,
        merged: before.merged + 1,
      });
    } else {
      kept.push(band);
    }
  }
  return kept;
}
