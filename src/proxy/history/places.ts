import type { Change, Span } from "../../upgrade/span.ts";
import type { SpanRecord } from "./disk/row.ts";
import type { Newest } from "./disk/store.ts";
import { unobserved } from "./holes.ts";

/** How what was recorded before the first opening comes after what is on disk. */
export type Following = {
  /** So many places later. */
  readonly shift: number;
  /** The time between the two, which goes before. */
  readonly hole: SpanRecord | null;
};

/**
 * Gives every span its place in the history of its cluster, counted from 1, and remembers what was heard last, whether
 * or not it is on disk: it is written anew when the disk loses it.
 */
export class Places {
  readonly #limit: number;
  readonly #newest = new Map<string, number>();
  readonly #recent = new Map<string, Map<number, Span>>();

  /** @param limit how many spans are remembered of each cluster */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The place that was given out last; 0 when there was none. */
  newest(cluster: string): number {
    return this.#newest.get(cluster) ?? 0;
  }

  /** The records of a change: a stretch keeps its place. */
  enter(cluster: string, change: Change): readonly SpanRecord[] {
    const spans = change.kind === "stretch" ? [change.span] : change.spans;
    const newest = this.newest(cluster);
    const first = change.kind === "stretch" && newest > 0 ? newest : newest + 1;
    const records = spans.map((span, index) => ({ cluster, sequence: first + index, span }));
    this.#newest.set(cluster, first + records.length - 1);
    this.remember(records);
    return records;
  }

  /** Remembers what was read from the disk. */
  remember(records: readonly SpanRecord[]): void {
    for (const { cluster, sequence, span } of records) {
      const spans = this.#recent.get(cluster) ?? new Map<number, Span>();
      this.#recent.set(cluster, spans);
      spans.set(sequence, span);
      const [oldest] = spans.keys();
      if (spans.size > this.#limit && oldest !== undefined) {
        spans.delete(oldest);
      }
    }
  }

  /** Moves all places of a cluster behind those that were found on disk when it could be opened at last. */
  follow(cluster: string, onDisk: Newest): Following {
    const spans = this.#recent.get(cluster) ?? new Map<number, Span>();
    const [oldest] = spans.values();
    if (oldest === undefined) {
      this.#newest.set(cluster, onDisk.sequence);
      return { shift: onDisk.sequence, hole: null };
    }
    const sequence = onDisk.sequence + 1;
    const isHole = oldest.from > onDisk.to;
    const shift = isHole ? sequence : onDisk.sequence;
    this.#recent.set(cluster, new Map([...spans].map(([place, span]) => [place + shift, span])));
    this.#newest.set(cluster, this.newest(cluster) + shift);
    return {
      shift,
      hole: isHole
        ? { cluster, sequence, span: { ...unobserved(onDisk, oldest), started: true } }
        : null,
    };
  }

  /** What is remembered and comes after what is on disk, by cluster. */
  missing(onDisk: ReadonlyMap<string, Newest>): ReadonlyMap<string, readonly SpanRecord[]> {
    const found = new Map<string, readonly SpanRecord[]>();
    for (const [cluster, spans] of this.#recent) {
      const place = onDisk.get(cluster)?.sequence ?? 0;
      const records = [...spans]
        .filter(([sequence]) => sequence > place)
        .map(([sequence, span]) => ({ cluster, sequence, span }));
      if (records.length > 0) {
        found.set(cluster, records);
      }
    }
    return found;
  }
}
