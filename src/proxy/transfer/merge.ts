import type { Span } from "../../upgrade/span.ts";
import { unobserved } from "../history/holes.ts";
import { storedAs } from "../ledger.ts";

/** Two histories of one cluster as one. */
export type Merged = {
  readonly spans: readonly Span[];
  /** So many records were added, or reach further now. */
  readonly added: number;
  /** So many were there already. */
  readonly known: number;
  /** So many are of a time of which there was something else: that stays. */
  readonly left: number;
};

/**
 * Puts a history, whose records were checked one by one as they were read, into the times of which another knows nothing:
 * before it, after it, and where nobody watched.
 *
 * @returns null where the dates of one of them go back, because a clock was set: then there is no telling
 */
export function mergeHistories(
  existing: readonly Span[],
  incoming: readonly Span[],
): Merged | null {
  const last = existing.findLast(isHeard);
  if (last === undefined) {
    return { spans: incoming, added: incoming.length, known: 0, left: 0 };
  }
  const names = new Set(existing.map(storedAs));
  const fresh = incoming.filter((span) => !names.has(storedAs(span)));
  const longer = incoming.find((span) => storedAs(span) === storedAs(last) && span.to > last.to);
  const known = incoming.length - fresh.length - (longer === undefined ? 0 : 1);
  if (fresh.length === 0 && longer === undefined) {
    return { spans: existing, added: 0, known, left: 0 };
  }
  if (!isOrdered(existing) || !isOrdered(incoming)) {
    return null;
  }
  const spans: Span[] = [];
  let added = longer === undefined ? 0 : 1;
  let before: Span | null = null;
  let holes: Span[] = [];
  const fill = (after: Span | null): void => {
    const found = between(incoming, before, after, names);
    spans.push(...(found.length === 0 ? holes : joined(found, before, after, incoming)));
    added += found.length;
    holes = [];
  };
  for (const one of existing) {
    const span = one === last ? (longer ?? one) : one;
    if (isHeard(span)) {
      if (before === null || holes.length > 0) {
        fill(span);
      }
      spans.push(span);
      before = span;
    } else {
      holes.push(span);
    }
  }
  fill(null);
  const kept = new Set(spans.map(storedAs));
  const left = fresh.filter((span) => isHeard(span) && !kept.has(storedAs(span))).length;
  return { spans, added, known, left };
}

function isHeard({ kind }: Span): boolean {
  return kind !== "unobserved";
}

function isOrdered(spans: readonly Span[]): boolean {
  return spans.every(({ from, to }, index) => from <= to && from >= (spans[index - 1]?.to ?? from));
}

/** What lies between two spans, from the first that was heard to the last. */
function between(
  incoming: readonly Span[],
  before: Span | null,
  after: Span | null,
  known: ReadonlySet<string>,
): readonly Span[] {
  const within = incoming.filter(
    (span) =>
      (before === null || span.from >= before.to) &&
      (after === null || span.to <= after.from) &&
      !known.has(storedAs(span)),
  );
  const begin = within.findIndex(isHeard);
  return begin === -1 ? [] : within.slice(begin, within.findLastIndex(isHeard) + 1);
}

/** With what nobody watched before and after, unless the same watcher heard the neighbours too. */
function joined(
  found: readonly Span[],
  before: Span | null,
  after: Span | null,
  incoming: readonly Span[],
): readonly Span[] {
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined) {
    return found;
  }
  const previous = incoming[incoming.indexOf(first) - 1];
  const next = incoming[incoming.indexOf(last) + 1];
  const hole = (one: Span, other: Span): readonly Span[] =>
    other.from > one.to ? [{ ...unobserved(one, other), started: true }] : [];
  return [
    ...(before === null || isSame(previous, before) ? [] : hole(before, first)),
    ...found,
    ...(after === null || isSame(next, after) ? [] : hole(last, after)),
  ];
}

function isSame(one: Span | undefined, other: Span): boolean {
  return one !== undefined && storedAs(one) === storedAs(other);
}
