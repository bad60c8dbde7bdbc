import { crc32 } from "node:zlib";
import * as z from "zod/mini";
import { type Note, noteSchema } from "../../../contract/notes.ts";

/** A note with the cluster that it is about. */
export type NoteRecord = { readonly cluster: string; readonly note: Note };

/** One row of the table `note`. */
export type NoteRow = {
  readonly cluster: string;
  readonly id: string;
  /** The moment that it is about, in milliseconds since 1970. */
  readonly pinned_at: number;
  /** JSON of all that there is of it. */
  readonly body: string;
  /** CRC-32 over everything else in the row. */
  readonly checksum: number;
};

/** The row that keeps a note. */
export function toNoteRow({ cluster, note }: NoteRecord): NoteRow {
  const body = JSON.stringify(z.encode(noteSchema, note));
  const content = { cluster, id: note.id, pinned_at: note.at, body };
  return { ...content, checksum: checksumOf(content) };
}

/** The note that a row keeps, or null when the row was damaged or holds no valid note. */
export function fromNoteRow(row: NoteRow): NoteRecord | null {
  if (checksumOf(row) !== row.checksum) {
    return null;
  }
  try {
    const parsed = noteSchema.safeParse(JSON.parse(row.body));
    return parsed.success ? { cluster: row.cluster, note: parsed.data } : null;
  } catch {
    // No JSON: as unreadable as a wrong checksum, and counted by the caller.
    return null;
  }
}

function checksumOf({ cluster, id, pinned_at, body }: Omit<NoteRow, "checksum">): number {
  return crc32(JSON.stringify([cluster, id, pinned_at, body]));
}
