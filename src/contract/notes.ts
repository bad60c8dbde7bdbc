/** What the HTTP API tells of notes: what people pinned to a moment of a cluster. */
import * as z from "zod/mini";
import { time } from "./api.ts";

/** The longest note, in UTF-16 code units. */
export const longestNote = 2_000;

/** A note as it is kept. It is never changed or deleted by hand, only marked as withdrawn. */
export const noteSchema = z.object({
  /** Opaque. */
  id: z.string(),
  /** The moment that it is about. */
  at: time,
  /** When it was written, by the server's clock. */
  written: time,
  /** As whom its author was signed in. */
  author: z.string(),
  /** Lines as they were typed; invisible characters are made visible. */
  text: z.string(),
  withdrawn: z.nullable(z.object({ by: z.string(), at: time })),
});

export type Note = z.output<typeof noteSchema>;

/** `/api/clusters/:id/notes`: oldest moment first. */
export const notesSchema = z.object({
  now: time,
  notes: z.array(noteSchema),
  /** How many of that time are damaged and can't be read. */
  unreadable: z.number(),
  /** Whether there are more of that time, older ones, than one answer carries. */
  more: z.boolean(),
  /** Null for who may write notes; else why not, in plain English. */
  readOnly: z.nullable(z.string()),
});

export type Notes = z.output<typeof notesSchema>;
