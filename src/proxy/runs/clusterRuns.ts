import { redate } from "../../upgrade/redate.ts";
import { digestOf, type RunDigest } from "../../upgrade/runs/digest.ts";
import { type RunRecord, runRecords, withRepeats } from "../../upgrade/runs/record.ts";
import type { Span } from "../../upgrade/span.ts";
import { isIdle } from "../../upgrade/status.ts";
import type { SpanRecord } from "../history/disk/row.ts";
import { withHoles } from "../history/holes.ts";
import { type LedgerView, storedAs } from "../ledger.ts";

/** A run that ended before what is in memory of its cluster begins. */
type Kept = {
  readonly digest: RunDigest;
  /** The places of its spans in the history, with the answers before and after that tell how it began and ended. */
  readonly first: number;
  readonly last: number;
  /** Whether the answer before it was idle, so that it is cut the same whatever lies before that. */
  readonly isApart: boolean;
};

/** What was read of a cluster's history before what is in memory. */
type Earlier = {
  /** Tells the ledger that this goes before: its first span as it was stored. */
  readonly before: string;
  readonly kept: readonly Kept[];
  /** What the ledger's first run lacks, as it was stored. */
  readonly head: readonly Span[];
  /** By how much the digests' dates were moved; see {@link LedgerView}. */
  readonly movedMs: number;
};

/** Where a run's spans are: at hand, or in these places of the history. */
export type Whereabouts =
  | { readonly kind: "here"; readonly record: RunRecord; readonly spans: readonly Span[] }
  | {
      readonly kind: "stored";
      readonly digest: RunDigest;
      readonly first: number;
      readonly last: number;
    };

/** The runs of one cluster: those in the ledger are cut anew as it grows, the earlier ones were read once. */
export class ClusterRuns {
  #earlier: Earlier | undefined;
  #cut: { readonly view: LedgerView; readonly atMs: number; readonly runs: Live } | undefined;
  /** What ended in the ledger that it no longer holds, until it is read from the history. */
  #letGo: readonly RunDigest[] = [];

  /** Whether the history before this ledger was read. */
  isReadBefore(view: LedgerView): boolean {
    return this.#earlier?.before === keyOfFirst(view);
  }

  /**
   * From which place on the history needs to be read for a ledger; the runs before are known. 0 where all of it is needed,
   * as at the start, and whenever what is past is dated anew.
   */
  neededFrom({ earlierMs }: LedgerView): number {
    const { kept = [], movedMs } = this.#earlier ?? {};
    return movedMs === earlierMs ? (kept.findLast(({ isApart }) => isApart)?.first ?? 0) : 0;
  }

  /**
   * Takes over what the history holds of the time before a ledger.
   *
   * @param records oldest first; those that are in the ledger too are left out
   * @param isWhole whether they reach back to the beginning; a run that is cut off by it is left out, unless it is known
   *   from before and the records go on where it ends
   * @param mostRuns how many runs are kept, the newest
   */
  takeEarlier(
    records: readonly SpanRecord[],
    view: LedgerView,
    { isWhole, addresses, mostRuns }: { isWhole: boolean; addresses: number; mostRuns: number },
  ): void {
    const known = new Set(view.stored.map(storedAs));
    const neededFrom = this.neededFrom(view);
    const goesOn = !isWhole && (records[0]?.sequence ?? Infinity) <= neededFrom;
    const older = new Map(
      records
        .filter(({ sequence }) => !goesOn || sequence >= neededFrom)
        .filter(({ span }) => !known.has(storedAs(span)))
        .map(({ sequence, span }) => [sequence, span]),
    );
    const places = placesOf(older);
    const all = withHoles(older);
    const begin = isWhole || goesOn ? 0 : Math.max(0, all.findIndex(isIdleAnswer));
    const stored = all.slice(begin);
    const dated = redate(stored, view.earlierMs, view.spans[0]?.from).spans;
    const runs = runRecords(dated, { stored, addresses });
    // The last of them may go on in the ledger, or be proven there.
    const last = runs.at(-1);
    const lastStart = stored.findIndex(
      (span) => span.from === last?.storedFrom && !isIdleAnswer(span),
    );
    const headFrom =
      last === undefined
        ? stored.findLastIndex((span) => span.kind === "status")
        : stored.findLastIndex((span, index) => index < lastStart && span.kind === "status");
    const read = runs.slice(0, -1);
    const before = (goesOn ? (this.#earlier?.kept ?? []) : []).filter(
      ({ first }) => first < neededFrom,
    );
    this.#earlier = {
      before: keyOfFirst(view),
      movedMs: view.earlierMs,
      head: stored.slice(headFrom === -1 ? Math.max(0, lastStart) : headFrom),
      kept: [
        ...before,
        ...read.map((record, index) => ({
          digest: digestOf(record, dated),
          ...placesAround(record, read[index + 1] ?? last, stored, places),
        })),
      ].slice(-mostRuns),
    };
    this.#cut = undefined;
    this.#letGo = [];
  }

  /**
   * All runs that are known, oldest first.
   *
   * @param keptFrom from which place on the history was kept when it was pruned
   * @param nowMs by the steady clock
   * @param freshMs for so long a run in flight may be told as it was, though polls came in since; what has ended
   *   changes with a new span only
   */
  digests(
    view: LedgerView,
    addresses: number,
    { keptFrom, nowMs, freshMs }: { keptFrom: number; nowMs: number; freshMs: number },
  ): readonly RunDigest[] {
    const live = this.#live(view, addresses, nowMs, freshMs);
    const earlier = (this.#earlier?.kept ?? []).filter(({ first }) => first >= keptFrom);
    const known = new Set(live.digests.map(({ id }) => id));
    const older = [...earlier.map(({ digest }) => digest), ...this.#letGo].filter(
      ({ id }) => !known.has(id),
    );
    return withRepeats([...older, ...live.digests]);
  }

  /** Where to find all of a run; undefined for one that is not known. */
  find(id: string, view: LedgerView, addresses: number, keptFrom: number): Whereabouts | undefined {
    const { spans, records } = this.#liveNow(view, addresses);
    const record = records.find((each) => each.id === id);
    if (record !== undefined) {
      return { kind: "here", record, spans };
    }
    const kept = this.#earlier?.kept.find(({ digest }) => digest.id === id);
    return kept === undefined || kept.first < keptFrom ? undefined : { kind: "stored", ...kept };
  }

  #live(view: LedgerView, addresses: number, nowMs: number, freshMs: number): Live {
    const known = this.#cut;
    const isSame = known?.view.spans === view.spans;
    const isFresh = known?.view.revision === view.revision && nowMs - known.atMs < freshMs;
    if (known !== undefined && (isSame || isFresh)) {
      return known.runs;
    }
    const runs = this.#liveNow(view, addresses);
    if (known !== undefined && keyOfFirst(known.view) !== keyOfFirst(view)) {
      const ended = known.runs.digests.filter(({ to }) => to !== null);
      this.#letGo = [...this.#letGo, ...ended];
    }
    this.#cut = { view, atMs: nowMs, runs };
    return runs;
  }

  #liveNow(view: LedgerView, addresses: number): Live {
    const head = this.isReadBefore(view) ? (this.#earlier?.head ?? []) : [];
    const stored = [...head, ...view.stored];
    const before = redate(head, view.earlierMs, view.spans[0]?.from).spans;
    const spans = [...before, ...view.spans];
    const records = runRecords(spans, { stored, addresses });
    return { spans, records, digests: records.map((record) => digestOf(record, spans)) };
  }
}

type Live = {
  /** The ledger's, with what its first run lacks before them. */
  readonly spans: readonly Span[];
  readonly records: readonly RunRecord[];
  readonly digests: readonly RunDigest[];
};

function keyOfFirst({ stored }: LedgerView): string {
  const first = stored[0];
  return first === undefined ? "" : storedAs(first);
}

function isIdleAnswer(span: Span): boolean {
  return span.kind === "status" && isIdle(span.status.state);
}

function placesOf(records: ReadonlyMap<number, Span>): ReadonlyMap<Span, number> {
  return new Map([...records].map(([sequence, span]) => [span, sequence]));
}

/** From the last answer before a run to the last one before the next, as places in the history. */
function placesAround(
  record: RunRecord,
  next: RunRecord | undefined,
  stored: readonly Span[],
  places: ReadonlyMap<Span, number>,
): Pick<Kept, "first" | "last" | "isApart"> {
  const start = startOf(record, stored);
  const end = next === undefined ? stored.length : startOf(next, stored) + 1;
  const before = stored.findLastIndex((span, index) => index < start && span.kind === "status");
  const within = stored
    .slice(before === -1 ? start : before, end)
    .flatMap((span) => places.get(span) ?? []);
  const lead = stored[before];
  const isApart = lead !== undefined && isIdleAnswer(lead);
  return { first: within[0] ?? 0, last: within.at(-1) ?? 0, isApart };
}

function startOf({ storedFrom }: RunRecord, stored: readonly Span[]): number {
  return stored.findIndex(
    (span) => span.kind === "status" && span.from === storedFrom && !isIdleAnswer(span),
  );
}
