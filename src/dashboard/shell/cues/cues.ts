import type { Summary } from "../../../contract/api.ts";
import { minuteMs } from "../../../upgrade/duration.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { verdictFaces } from "../../../upgrade/verdictFace.ts";
import type { Attention, Verdict } from "../../../upgrade/verdictNames.ts";

/** What a cue is about, as a cluster's summary says it. */
export type CueAbout = Pick<
  Summary,
  "id" | "name" | "verdict" | "attention" | "headline" | "linkSince" | "stateSince"
>;

/** How urgent a cue is: what a verdict asks of people, or good news. */
export type CueKind = Exclude<Attention, "none"> | "done";

/** Something to be drawn to people's notice now, once. */
export type Cue = {
  readonly id: string;
  readonly kind: CueKind;
  readonly name: string;
  readonly headline: string;
};

/** What a screen remembers of one cluster, so that it speaks of changes only. */
type Seen = {
  readonly verdict: Verdict;
  /** When this screen gave the last cue for each verdict, by the server's clock. */
  readonly cuedAt: ReadonlyMap<Verdict, EpochMs>;
  /** Whether the present verdict is still to be told. */
  readonly isNews: boolean;
};

/** What a screen remembers of every cluster it is about, by id. */
export type CueMemory = ReadonlyMap<string, Seen>;

const noCues: Seen["cuedAt"] = new Map();

/** An outage is told only once it has lasted so long. */
const outageAfterMs = minuteMs;
/** The same verdict of the same cluster is not told again sooner; one that asks to act is told so often. */
const againAfterMs = {
  act: minuteMs,
  person: 5 * minuteMs,
  look: 5 * minuteMs,
  done: 5 * minuteMs,
};

/**
 * What a cluster's verdict is worth a cue for now; null where people can go on with what they do. An expected absence
 * never is, and an outage not before it has lasted a minute.
 */
export function cueKindOf(about: CueAbout, now: EpochMs): CueKind | null {
  const { verdict, attention, linkSince } = about;
  if (verdict === "away" || (verdict === "outage" && now - linkSince < outageAfterMs)) {
    return null;
  }
  if (verdict === "done") {
    return "done";
  }
  return attention === "none" ? null : attention;
}

/**
 * Which occurrence of a verdict this is: acknowledging one says nothing of the next.
 */
export function occurrenceOf({ verdict, linkSince, stateSince }: CueAbout): string {
  const since = verdict === "outage" || verdict === "denied" ? linkSince : stateSince;
  return `${verdict} ${since ?? ""}`;
}

/**
 * The cues that are due now. What holds when a screen is first looked at is no change: only what asks to act is told
 * then too, after the time after which it is repeated, and until someone acknowledges it on this screen.
 *
 * @param abouts every cluster that this screen is about
 * @param acknowledged by id, the occurrence that someone acknowledged on this screen
 * @param now by the server's clock
 */
export function advance(
  memory: CueMemory,
  abouts: readonly CueAbout[],
  acknowledged: ReadonlyMap<string, string>,
  now: EpochMs,
): { readonly memory: CueMemory; readonly cues: readonly Cue[] } {
  const next = new Map<string, Seen>();
  const cues: Cue[] = [];
  for (const about of abouts) {
    const { id, verdict, name, headline } = about;
    const kind = cueKindOf(about, now);
    const before = memory.get(id);
    const isFirst = before === undefined && kind !== null;
    const last = isFirst ? now : before?.cuedAt.get(verdict);
    const isDue =
      kind !== null && (last === undefined || now < last || now - last >= againAfterMs[kind]);
    const isChanged = before !== undefined && (before.verdict !== verdict || before.isNews);
    const repeats = kind === "act" && acknowledged.get(id) !== occurrenceOf(about);
    const isCued = isDue && (isChanged || repeats);
    if (isCued) {
      cues.push({ id, kind, name, headline });
    }
    // A thousand clusters are looked at every second, and next to none of them gives a cue.
    const known = before?.cuedAt ?? noCues;
    const cuedAt = isFirst || isCued ? new Map(known).set(verdict, now) : known;
    // An outage of less than a minute is news that is still to come.
    const isNews = kind === null && verdict === "outage" && (before === undefined || isChanged);
    next.set(id, { verdict, cuedAt, isNews });
  }
  return { memory: next, cues };
}

const urgency = ["act", "person", "look"] as const;

/** The most urgent of some kinds; null where none of them needs anybody. */
export function mostUrgent(kinds: readonly (CueKind | null)[]): (typeof urgency)[number] | null {
  return urgency.find((kind) => kinds.includes(kind)) ?? null;
}

/** The most urgent kind that holds, for the badge; null where nobody is needed. */
export function badgeOf(
  abouts: readonly CueAbout[],
  now: EpochMs,
): (typeof urgency)[number] | null {
  return mostUrgent(abouts.map((about) => cueKindOf(about, now)));
}

/**
 * What the browser's tab says before its title: the one that needs someone, or how many do; empty where nobody is needed.
 *
 * @param subject the name that the title says already
 */
export function titleMark(abouts: readonly CueAbout[], now: EpochMs, subject = ""): string {
  const needing = abouts.filter((about) => {
    const kind = cueKindOf(about, now);
    return kind !== null && kind !== "done";
  });
  const [first] = needing;
  if (first === undefined) {
    return "";
  }
  const word = verdictFaces[first.verdict].word;
  if (needing.length > 1) {
    return `${needing.length} need someone`;
  }
  return first.name === subject ? word : `${word}: ${first.name}`;
}

/** The clusters that ask to act and that nobody acknowledged on this screen. */
export function unacknowledged(
  abouts: readonly CueAbout[],
  acknowledged: ReadonlyMap<string, string>,
  now: EpochMs,
): readonly CueAbout[] {
  return abouts.filter(
    (about) =>
      cueKindOf(about, now) === "act" && acknowledged.get(about.id) !== occurrenceOf(about),
  );
}
