import { type Kysely, sql } from "kysely";
import type { Note } from "../../../contract/notes.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import type { Tables } from "./migrations.ts";
import { fromNoteRow, type NoteRecord, type NoteRow, toNoteRow } from "./noteRow.ts";

/** Which notes of a cluster are asked for; of more than `limit` the newest. */
export type NotesRequest = {
  readonly cluster: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly limit: number;
};

/** Notes, oldest moment first, and how many rows were too damaged to be read. */
export type NotesReading = { readonly notes: readonly Note[]; readonly unreadable: number };

/** What became of a note that was to be kept or withdrawn: what is on disk now, or why nothing is. */
export type NoteOutcome =
  | { readonly kind: "kept"; readonly note: Note }
  | { readonly kind: "too-many" | "unknown" | "not-yours" };

/** A cluster has so many notes at most: beyond that, something writes them that is no person. */
const usualMost = 5_000;

/** The notes that are pinned to a time. */
export async function readNotes(
  database: Kysely<Tables>,
  { cluster, from, to, limit }: NotesRequest,
): Promise<NotesReading> {
  const rows = await rowsOf(database, cluster)
    .where("pinned_at", ">=", from)
    .where("pinned_at", "<=", to)
    .orderBy("pinned_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  const notes = rows
    .flatMap((row) => readable(row)?.note ?? [])
    .sort((one, other) => one.at - other.at || one.written - other.written);
  return { notes, unreadable: rows.length - notes.length };
}

/** Keeps a note. One that says the same of the same moment by the same author is there already: it was sent twice. */
export async function addNote(
  database: Kysely<Tables>,
  { cluster, note }: NoteRecord,
  most = usualMost,
): Promise<NoteOutcome> {
  const ofMoment = await rowsOf(database, cluster).where("pinned_at", "=", note.at).execute();
  const same = ofMoment
    .flatMap((row) => readable(row)?.note ?? [])
    .find(
      ({ author, text, withdrawn }) =>
        withdrawn === null && author === note.author && text === note.text,
    );
  if (same !== undefined) {
    return { kind: "kept", note: same };
  }
  const { count } = await database
    .selectFrom("note")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("cluster", "=", cluster)
    .executeTakeFirstOrThrow();
  if (count >= most) {
    return { kind: "too-many" };
  }
  await keepNote(database, { cluster, note });
  return { kind: "kept", note };
}

/** Marks a note as withdrawn by its author. What is withdrawn already stays as it is. */
export async function withdrawNote(
  database: Kysely<Tables>,
  cluster: string,
  id: string,
  by: string,
  at: EpochMs,
): Promise<NoteOutcome> {
  const row = await rowsOf(database, cluster).where("id", "=", id).executeTakeFirst();
  const note = row === undefined ? undefined : readable(row)?.note;
  if (note === undefined) {
    return { kind: "unknown" };
  }
  if (note.author !== by) {
    return { kind: "not-yours" };
  }
  const withdrawn = { ...note, withdrawn: note.withdrawn ?? { by, at } };
  await keepNote(database, { cluster, note: withdrawn });
  return { kind: "kept", note: withdrawn };
}

/** Writes a note in its place; of two versions of it the withdrawn one is the newer. */
export async function keepNote(database: Kysely<Tables>, record: NoteRecord): Promise<void> {
  const row = toNoteRow(record);
  const insert = database.insertInto("note").values(row);
  await insert
    .onConflict((conflict) => {
      const place = conflict.columns(["cluster", "id"]);
      return record.note.withdrawn === null ? place.doNothing() : place.doUpdateSet(row);
    })
    .execute();
}

/** Deletes the notes from before a moment whose cluster has no history of that time any more. */
export async function pruneNotes(database: Kysely<Tables>, before: EpochMs): Promise<void> {
  await database
    .deleteFrom("note")
    .where("pinned_at", "<", before)
    .where((note) =>
      note.not(
        note.exists(
          note
            .selectFrom("span")
            .select("span.sequence")
            .whereRef("span.cluster", "=", "note.cluster")
            .whereRef("span.starts_at", "<=", "note.pinned_at"),
        ),
      ),
    )
    .execute();
}

type StoredRow = Omit<NoteRow, "cluster" | "id" | "body"> & {
  readonly cluster: Uint8Array;
  readonly id: Uint8Array;
  readonly body: Uint8Array;
};

function rowsOf(database: Kysely<Tables>, cluster: string) {
  // As bytes: the driver ends the whole process over a text that is not UTF-8.
  return database
    .selectFrom("note")
    .select(["pinned_at", "checksum"])
    .select([
      sql<Uint8Array>`cast(cluster as blob)`.as("cluster"),
      sql<Uint8Array>`cast(id as blob)`.as("id"),
      sql<Uint8Array>`cast(body as blob)`.as("body"),
    ])
    .where("cluster", "=", cluster);
}

function readable({ cluster, id, body, ...row }: StoredRow): NoteRecord | null {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
  return fromNoteRow({ ...row, cluster: text(cluster), id: text(id), body: text(body) });
}
