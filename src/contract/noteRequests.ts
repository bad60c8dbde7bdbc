/** What is sent of notes; apart from what pages read, which need not load it. */
import * as z from "zod/mini";
import { momentParameter } from "./momentParameter.ts";
import { longestNote } from "./notes.ts";

/** What is sent to write a note. Sent twice with the same moment, it is kept once. */
export const newNoteSchema = z.object({
  /** The moment that it is about, not in the future; now where it is left out. */
  at: z.optional(momentParameter),
  text: z.string().check(z.maxLength(longestNote)),
});

/** What is sent to withdraw one's own note: an empty object. */
export const withdrawSchema = z.object({});
