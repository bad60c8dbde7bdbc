import type { Span, UnobservedSpan } from "../../upgrade/span.ts";
import type { SpanRecord } from "./disk/row.ts";

/** Who waits for a record to be on disk. */
export type Waiter = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** How many records of which cluster will never be written. */
export type GivenUp = { readonly cluster: string; readonly count: number };

/** What waits for one cluster. */
type Waiting = {
  /** By place; a stretch replaces the record in its place. */
  readonly spans: Map<number, Span>;
  readonly waiters: Waiter[];
  urgent: boolean;
};

/**
 * Records on their way to the disk, at most `limit` of them. When storage does not keep up, the oldest details of the
 * cluster with the most of them are given up: one span says that this time was not recorded.
 */
export class WriteQueue {
  readonly #limit: number;
  readonly #waiting = new Map<string, Waiting>();
  #flying: ReadonlyMap<string, Waiting> = new Map();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many spans are not on disk. */
  get size(): number {
    const onTheirWay = [...this.#flying.values()].map(({ spans }) => spans.size);
    return onTheirWay.reduce((sum, count) => sum + count, this.#size);
  }

  /** Whether everything is on disk. */
  get isEmpty(): boolean {
    return this.#size === 0 && this.#flying.size === 0;
  }

  /**
   * Queues records of one cluster, in order.
   *
   * @param urgent whether they, and all before them of this cluster, belong into the next batch
   * @returns what was given up to make room, if anything was
   */
  add(
    cluster: string,
    records: readonly SpanRecord[],
    urgent: boolean,
    waiter: Waiter,
  ): GivenUp | undefined {
    const waiting = this.#of(cluster);
    for (const { sequence, span } of records) {
      this.#size += waiting.spans.has(sequence) ? 0 : 1;
      waiting.spans.set(sequence, span);
    }
    waiting.urgent ||= urgent;
    waiting.waiters.push(waiter);
    return this.#size > this.#limit ? this.#makeRoom() : undefined;
  }

  /**
   * Takes what is to be written now: of each cluster all or nothing. Undefined when there is nothing, or while the
   * batch before is neither written nor put back.
   *
   * @param everything also what is not urgent
   */
  take(everything: boolean): readonly SpanRecord[] | undefined {
    if (this.#flying.size > 0) {
      return undefined;
    }
    const due = [...this.#waiting].filter(([, { urgent }]) => everything || urgent);
    if (due.length === 0) {
      return undefined;
    }
    for (const [cluster] of due) {
      this.#waiting.delete(cluster);
    }
    this.#flying = new Map(due);
    const records = due.flatMap(([cluster, { spans }]) => recordsOf(cluster, spans));
    this.#size -= records.length;
    return records;
  }

  /** The batch that was taken is on disk. */
  written(): void {
    const waiters = waitersOf(this.#flying);
    this.#flying = new Map();
    for (const waiter of waiters) {
      waiter.resolve();
    }
  }

  /** The batch that was taken could not be written: it goes back, before what came since. */
  putBack(): void {
    for (const [cluster, before] of this.#flying) {
      const since = this.#of(cluster);
      const spans = new Map([...before.spans, ...since.spans]);
      this.#size += spans.size - since.spans.size;
      const waiters = [...before.waiters, ...since.waiters];
      this.#waiting.set(cluster, { spans, waiters, urgent: true });
    }
    this.#flying = new Map();
  }

  /** The records of a cluster that are not on disk yet, by place. */
  of(cluster: string): ReadonlyMap<number, Span> {
    const flying = this.#flying.get(cluster)?.spans ?? [];
    return new Map([...flying, ...(this.#waiting.get(cluster)?.spans ?? [])]);
  }

  /** Moves what waits for a cluster to later places. Only while nothing is taken. */
  shift(cluster: string, places: number): void {
    const waiting = this.#waiting.get(cluster);
    if (waiting !== undefined) {
      const spans = new Map([...waiting.spans].map(([place, span]) => [place + places, span]));
      this.#waiting.set(cluster, { ...waiting, spans });
    }
  }

  /** Tells all who still wait that it will not be written any more. */
  giveUp(error: Error): void {
    for (const waiter of [...waitersOf(this.#flying), ...waitersOf(this.#waiting)]) {
      waiter.reject(error);
    }
  }

  #of(cluster: string): Waiting {
    const waiting = this.#waiting.get(cluster) ?? { spans: new Map(), waiters: [], urgent: false };
    this.#waiting.set(cluster, waiting);
    return waiting;
  }

  #makeRoom(): GivenUp | undefined {
    const [largest] = [...this.#waiting].sort(
      ([, one], [, other]) => other.spans.size - one.spans.size,
    );
    if (largest === undefined) {
      return undefined;
    }
    const [cluster, waiting] = largest;
    const records = recordsOf(cluster, waiting.spans);
    const givenUp = records.slice(0, Math.floor(records.length / 2));
    const [first] = givenUp;
    const last = givenUp.at(-1);
    if (first === undefined || last === undefined || first === last) {
      return undefined;
    }
    for (const { sequence } of givenUp) {
      waiting.spans.delete(sequence);
    }
    const gap: UnobservedSpan = {
      kind: "unobserved",
      from: first.span.from,
      to: last.span.to,
      polls: 0,
      node: null,
    };
    waiting.spans.set(first.sequence, gap);
    this.#size -= givenUp.length - 1;
    const error = new Error(`The history of ${cluster} could not be saved in time.`);
    for (const waiter of waiting.waiters.splice(0)) {
      waiter.reject(error);
    }
    return { cluster, count: givenUp.length };
  }
}

function waitersOf(clusters: ReadonlyMap<string, Waiting>): readonly Waiter[] {
  return [...clusters.values()].flatMap(({ waiters }) => waiters);
}

function recordsOf(cluster: string, spans: ReadonlyMap<number, Span>): readonly SpanRecord[] {
  return [...spans]
    .map(([sequence, span]) => ({ cluster, sequence, span }))
    .sort((one, other) => one.sequence - other.sequence);
}
