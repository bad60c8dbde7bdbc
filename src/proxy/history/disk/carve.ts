/** Rows recognised in the bytes of a database, by SQLite's file format: https://sqlite.org/fileformat2.html */
import { fromNoteRow, type NoteRecord } from "./noteRow.ts";
import type { SpanRecord, SpanRow } from "./row.ts";
import { fromRow } from "./row.ts";
import { openPages, pageBytes } from "./pages.ts";
import type { Pages } from "./pages.ts";

const tableLeaf = 0x0d;
const fileHeaderBytes = 100;
const leafHeaderBytes = 8;
/** As an error text is 16 KiB at most, no row of ours comes near this. */
const mostPayloadBytes = 1_000_000;

/** A row of ours. */
export type Carved =
  | { readonly kind: "span"; readonly record: SpanRecord }
  | { readonly kind: "note"; readonly record: NoteRecord };

/**
 * All spans and notes that the files still hold, in no order, some of them in more than one version. It needs nothing of the
 * database but the pages with the rows themselves; each row's own checksum vouches for it.
 */
export function* carve(databasePath: string, journalPath: string): Generator<Carved> {
  const pages = openPages(databasePath, journalPath);
  try {
    for (const { number, content } of pages.all()) {
      yield* foundIn(content, number === 1 ? fileHeaderBytes : 0, pages);
    }
  } finally {
    pages.close();
  }
}

function* foundIn(page: Buffer, start: number, pages: Pages): Generator<Carved> {
  if (page[start] !== tableLeaf) {
    return;
  }
  const cells = page.readUInt16BE(start + 3);
  for (let cell = 0; cell < cells; cell += 1) {
    const pointerAt = start + leafHeaderBytes + 2 * cell;
    if (pointerAt + 2 > pageBytes) {
      return;
    }
    const record = recordAt(page, page.readUInt16BE(pointerAt), pages);
    if (record !== null) {
      yield record;
    }
  }
}

/** What a cell holds; null when it is damaged or of another table. */
function recordAt(page: Buffer, at: number, pages: Pages): Carved | null {
  for (const payload of payloadsAt(page, at, pages)) {
    const carved = carvedFrom(valuesOf(payload));
    if (carved !== null) {
      return carved;
    }
  }
  return null;
}

function carvedFrom(values: readonly Value[]): Carved | null {
  const row = asRow(values);
  const span = row === null ? null : fromRow(row);
  if (span !== null) {
    return { kind: "span", record: span };
  }
  const note = noteOf(values);
  return note === null ? null : { kind: "note", record: note };
}

function noteOf([cluster, id, pinned, body, checksum]: readonly Value[]): NoteRecord | null {
  return typeof cluster === "string" &&
    typeof id === "string" &&
    typeof pinned === "number" &&
    typeof body === "string" &&
    typeof checksum === "number"
    ? fromNoteRow({ cluster, id, pinned_at: pinned, body, checksum })
    : null;
}

/** The bytes of a row, put together from its page and the pages that it overflows into, in each version of these. */
function payloadsAt(page: Buffer, at: number, pages: Pages): readonly Buffer[] {
  const length = varint(page, at);
  const rowId = length === null ? null : varint(page, length.end);
  if (length === null || rowId === null || length.value > mostPayloadBytes) {
    return [];
  }
  const localBytes = localBytesOf(length.value);
  const local = page.subarray(rowId.end, rowId.end + localBytes);
  if (localBytes === length.value) {
    return [local];
  }
  const overflowAt = rowId.end + localBytes;
  if (overflowAt + 4 > pageBytes) {
    return [];
  }
  const first = page.readUInt32BE(overflowAt);
  return [0, 1].flatMap((version) => {
    const rest = overflow(first, length.value - localBytes, pages, version);
    return rest === null ? [] : [Buffer.concat([local, rest])];
  });
}

function overflow(first: number, bytes: number, pages: Pages, version: number): Buffer | null {
  const parts: Buffer[] = [];
  let missing = bytes;
  let next = first;
  while (missing > 0) {
    const content = pages.versions(next).at(version) ?? pages.versions(next)[0];
    if (content === undefined) {
      return null;
    }
    const part = content.subarray(4, 4 + Math.min(missing, pageBytes - 4));
    parts.push(part);
    missing -= part.length;
    next = content.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** How much of a row is in its leaf: section 1.6 of the file format. */
function localBytesOf(payloadBytes: number): number {
  const most = pageBytes - 35;
  if (payloadBytes <= most) {
    return payloadBytes;
  }
  const least = Math.floor(((pageBytes - 12) * 32) / 255) - 23;
  const rest = least + ((payloadBytes - least) % (pageBytes - 4));
  return rest <= most ? rest : least;
}

type Value = string | number | null;

/** The values of a record; none when its bytes are no record. */
function valuesOf(payload: Buffer): readonly Value[] {
  const header = varint(payload, 0);
  if (header === null || header.value > payload.length) {
    return [];
  }
  const values: Value[] = [];
  let at = header.end;
  let bodyAt = header.value;
  while (at < header.value) {
    const type = varint(payload, at);
    if (type === null) {
      return [];
    }
    const bytes = bytesOf(type.value);
    if (bytes === null || bodyAt + bytes > payload.length) {
      return [];
    }
    values.push(valueOf(type.value, payload.subarray(bodyAt, bodyAt + bytes)));
    bodyAt += bytes;
    at = type.end;
  }
  return values;
}

/** Bytes of a value by its serial type; null for the types that we never write. */
function bytesOf(type: number): number | null {
  const integers = [0, 1, 2, 3, 4, 6, 8, null, 0, 0];
  return type < integers.length
    ? (integers[type] ?? null)
    : type >= 13 && type % 2 === 1
      ? (type - 13) / 2
      : null;
}

function valueOf(type: number, bytes: Buffer): Value {
  if (type >= 13) {
    return bytes.toString("utf8");
  }
  if (type === 0) {
    return null;
  }
  if (type >= 8) {
    return type - 8;
  }
  return bytes.length === 8 ? Number(bytes.readBigInt64BE()) : bytes.readIntBE(0, bytes.length);
}

function asRow(values: readonly Value[]): SpanRow | null {
  const [cluster, sequence, starts, ends, polls, node = null, kind, body, checksum] = values;
  return typeof cluster === "string" &&
    typeof sequence === "number" &&
    typeof starts === "number" &&
    typeof ends === "number" &&
    typeof polls === "number" &&
    typeof node !== "number" &&
    typeof kind === "string" &&
    typeof body === "string" &&
    typeof checksum === "number"
    ? { cluster, sequence, starts_at: starts, ends_at: ends, polls, node, kind, body, checksum }
    : null;
}

/** An integer of one to nine bytes; null beyond the end, or beyond what a row of ours can hold. */
function varint(bytes: Buffer, at: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) {
      return null;
    }
    value = value * 128 + (byte % 128);
    if (byte < 128) {
      return { value, end: at + index + 1 };
    }
  }
  return null;
}
