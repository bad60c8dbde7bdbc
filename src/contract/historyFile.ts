/**
 * A history as a file, to be moved to another place: lines of JSON, compressed by gzip.
 *
 * The first line says what it is, one line each follows for every span and note, all of a cluster together, spans in
 * their order. The last line has the SHA-256 of all lines before it, each with its line feed: a file that is cut off
 * or damaged is not taken for a whole one.
 */
import * as z from "zod/mini";
import { time } from "./api.ts";
import { spanSchema } from "./spans.ts";
import { clusterId } from "./configurationValues.ts";
import { noteSchema } from "./notes.ts";

export const historyFileFormat = "upgrade-watch-history";
export const historyFileVersion = 1;

/** The first line. */
export const historyFileHeadSchema = z.object({
  format: z.literal(historyFileFormat),
  version: z.number(),
  madeAt: time,
  /** The release that wrote it. */
  release: z.string(),
});

const count = z.int().check(z.nonnegative());

/** Every other line. */
export const historyFileLineSchema = z.union([
  z.strictObject({ cluster: clusterId, span: spanSchema }),
  z.strictObject({ cluster: clusterId, note: noteSchema }),
  z.strictObject({
    spans: count,
    notes: count,
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  }),
]);

export type HistoryFileLine = z.output<typeof historyFileLineSchema>;
