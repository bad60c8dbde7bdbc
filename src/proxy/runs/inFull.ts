import type { Note } from "../../contract/notes.ts";
import { redate } from "../../upgrade/redate.ts";
import { runExcerpt } from "../../upgrade/runs/excerpt.ts";
import { type RunRecord, runRecords } from "../../upgrade/runs/record.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { SpanRecord } from "../history/disk/row.ts";
import type { History } from "../history/history.ts";
import { withHoles } from "../history/holes.ts";
import type { Whereabouts } from "./clusterRuns.ts";

/** A run with all that it is told by. */
export type InFull = {
  readonly record: RunRecord;
  /** See `upgrade/runs/excerpt.ts`. */
  readonly spans: readonly Span[];
  /** How many of its stored spans are damaged; null where some of its cluster's are, and perhaps none of these. */
  readonly unreadable: number | null;
};

/** So few rows that a write between two pieces is not held up long enough to be told. */
const spansPerPage = 1_000;

/**
 * Reads a run from where it is.
 *
 * @returns undefined where the history does not hold it any more
 * @throws when the history can't be read
 */
export async function readInFull(
  history: Pick<History, "page" | "unreadable">,
  cluster: string,
  where: Whereabouts,
  addresses: number,
): Promise<InFull | undefined> {
  if (where.kind === "here") {
    const { record, spans } = where;
    const unreadable = history.unreadable(cluster) === 0 ? 0 : null;
    return { record, spans: runExcerpt(spans, record), unreadable };
  }
  const { digest, first, last } = where;
  const records = await readPlaces(history, cluster, first, last);
  const stored = withHoles(new Map(records.map(({ sequence, span }) => [sequence, span])));
  const start = stored.find((span) => span.from === digest.storedFrom);
  const spans = redate(stored, digest.from - (start?.from ?? digest.from)).spans;
  const record = runRecords(spans, { stored, addresses }).find(({ id }) => id === digest.id);
  return record === undefined
    ? undefined
    : {
        record,
        spans: runExcerpt(spans, record),
        unreadable: last - first + 1 - records.length,
      };
}

const mostNotes = 1_000;

/** The newest notes that are pinned to a moment of a run, its proof included; null where they can't be read now. */
export async function notesOf(
  history: Pick<History, "notes">,
  cluster: string,
  { from, to, proof }: Pick<RunRecord, "from" | "to" | "proof">,
  now: EpochMs,
): Promise<Note[] | null> {
  const until = to === null ? now : Math.max(to, proof?.readAt ?? to);
  try {
    const { notes } = await history.notes.read({ cluster, from, to: until, limit: mostNotes });
    return [...notes];
  } catch {
    // Why is said in the notice about the history; the run itself is in memory and still true.
    return null;
  }
}

async function readPlaces(
  history: Pick<History, "page">,
  cluster: string,
  first: number,
  last: number,
): Promise<readonly SpanRecord[]> {
  const pieces: (readonly SpanRecord[])[] = [];
  for (let before = last + 1; before > first; before -= spansPerPage) {
    // oxlint-disable-next-line no-await-in-loop
    const piece = await history.page(cluster, before, Math.min(spansPerPage, before - first));
    // Where rows are damaged or gone a piece may reach further back than asked, over what the next one brings again.
    pieces.unshift(piece.filter(({ sequence }) => sequence >= before - spansPerPage));
  }
  return pieces.flat().filter(({ sequence }) => sequence >= first);
}
