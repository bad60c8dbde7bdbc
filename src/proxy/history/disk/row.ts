import { crc32 } from "node:zlib";
import { spanSchema } from "../../../contract/spans.ts";
import type { Span } from "../../../upgrade/span.ts";

/** A span and its place in the history of its cluster, counted from 1; a stretch keeps the place. */
export type SpanRecord = {
  readonly cluster: string;
  readonly sequence: number;
  readonly span: Span;
};

/** One row of the table `span`. */
export type SpanRow = {
  readonly cluster: string;
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly starts_at: number;
  /** Milliseconds since 1970. */
  readonly ends_at: number;
  readonly polls: number;
  readonly node: string | null;
  readonly kind: string;
  /** JSON of what was heard, or why nobody answered. */
  readonly body: string;
  /** CRC-32 over everything else in the row. */
  readonly checksum: number;
};

/** The row that keeps a span. */
export function toRow({ cluster, sequence, span }: SpanRecord): SpanRow {
  const { from, to, polls, node, kind, ...body } = span;
  const content = {
    cluster,
    sequence,
    starts_at: from,
    ends_at: to,
    polls,
    node,
    kind,
    body: JSON.stringify(body),
  };
  return { ...content, checksum: checksumOf(content) };
}

/** The span that a row keeps, or null when the row was damaged or holds no valid span. */
export function fromRow(row: SpanRow): SpanRecord | null {
  if (checksumOf(row) !== row.checksum) {
    return null;
  }
  try {
    const { starts_at: from, ends_at: to, polls, node, kind } = row;
    const body: unknown = JSON.parse(row.body);
    const parsed = spanSchema.safeParse({
      ...(typeof body === "object" ? body : {}),
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      polls,
      node,
      kind,
    });
    return parsed.success
      ? { cluster: row.cluster, sequence: row.sequence, span: { ...parsed.data, from, to } }
      : null;
  } catch {
    // No JSON, or a number that is no time: as unreadable as a wrong checksum, and counted by the caller.
    return null;
  }
}

function checksumOf(row: Omit<SpanRow, "checksum">): number {
  const { cluster, sequence, starts_at, ends_at, polls, node, kind, body } = row;
  return crc32(JSON.stringify([cluster, sequence, starts_at, ends_at, polls, node, kind, body]));
}
