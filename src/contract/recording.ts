/**
 * One upgrade as a file: evidence to be kept, what the simulator plays, and how a site reports a problem.
 *
 * The file is JSON of three lines. The record stands alone on the second, so that its SHA-256 can be checked without a
 * parser: `sed -n 2p FILE | tr -d '\n' | sha256sum`. Where a program has laid the file out anew, the record's text is
 * what `JSON.stringify` makes of it.
 */
import * as z from "zod/mini";
import { time } from "./api.ts";
import { spanSchema } from "./spans.ts";
import { noteSchema } from "./notes.ts";
import { runSchema } from "./runs.ts";

export const recordingFormat = "upgrade-watch-run";
export const recordingVersion = 1;

/** The header by which every file of a run tells the SHA-256 of its record. */
export const recordHashHeader = "x-upgrade-watch-record-sha256";

/** A run without what depends on when it is asked for: what has ended has the same record tomorrow. */
export const recordedRunSchema = z.omit(runSchema, {
  now: true,
  revision: true,
  previous: true,
  next: true,
  notes: true,
});

/** All of a record but its spans, which may be many. */
export const recordHeadSchema = z.object({
  cluster: z.string(),
  name: z.string(),
  /** The site's time zone. */
  zone: z.string(),
  /** Whether the cluster was a pretended one of the built-in fleet. */
  simulated: z.optional(z.boolean()),
  run: recordedRunSchema,
  /** Those pinned to a moment of the run, oldest first; null where they could not be read. */
  notes: z.nullable(z.array(noteSchema)),
  /** How many of its oldest spans were left out, because they are more than a file holds. */
  leftOut: z.number(),
  /**
   * How many stored spans in between are damaged, so that this time is `unobserved`; null where some of the cluster's
   * are and it is not known whether these are among them.
   */
  unreadable: z.nullable(z.number()),
});

/** What the SHA-256 of a recording is over. */
export const recordSchema = z.extend(recordHeadSchema, {
  /**
   * Oldest first, from the last answer before the run to the one that its outcome rests on; these two as one poll each.
   */
  spans: z.array(spanSchema),
});

/** The file. */
export const recordingSchema = z.object({
  format: z.literal(recordingFormat),
  version: z.literal(recordingVersion),
  /** When the file was made; not covered by the SHA-256. */
  madeAt: time,
  /** Over the exact text of `record`, in hexadecimal. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  record: recordSchema,
});

export type RecordHead = z.output<typeof recordHeadSchema>;
export type RunRecording = z.output<typeof recordingSchema>;

/** The text that the SHA-256 of a recording is over; null where the text is no JSON with a record in it. */
export function recordText(recording: string): string | null {
  const [first = "", record, last] = recording.split("\n");
  if (first.endsWith('"record":') && record !== undefined && last === "}") {
    return record;
  }
  try {
    const parsed: unknown = JSON.parse(recording);
    return typeof parsed === "object" && parsed !== null && "record" in parsed
      ? JSON.stringify(parsed.record)
      : null;
  } catch {
    return null;
  }
}
