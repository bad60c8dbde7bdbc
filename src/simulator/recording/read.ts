import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import * as z from "zod/mini";
import {
  recordingFormat,
  recordingSchema,
  recordingVersion,
  recordText,
  type RunRecording,
} from "../../contract/recording.ts";

/** A recording, or in a sentence why it can't be played. */
export type ReadRecording =
  | { readonly ok: true; readonly recording: RunRecording }
  | { readonly ok: false; readonly fault: string };

/** Ten times what the longest run takes. */
const mostBytes = 200_000_000;
const headSchema = z.object({
  format: z.literal(recordingFormat),
  version: z.number(),
  sha256: z.string(),
});

/** Reads the file of a run, as `/api/clusters/:id/runs/:run.json` gives it. */
export async function readRecording(path: string): Promise<ReadRecording> {
  const refuse = (words: string): ReadRecording => ({ ok: false, fault: `${path} ${words}` });
  let text: string;
  try {
    if ((await stat(path)).size > mostBytes) {
      return refuse("is larger than any recording of an upgrade.");
    }
    text = await readFile(path, "utf8");
  } catch (error) {
    return refuse(`can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const content = parsed(text);
  const head = headSchema.safeParse(content);
  if (!head.success) {
    return refuse("is no recording of an upgrade: download one as JSON from the upgrade's page.");
  }
  if (head.data.version !== recordingVersion) {
    return refuse(
      `is of version ${head.data.version} of the format; this release plays version ${recordingVersion}.`,
    );
  }
  const sha256 = createHash("sha256")
    .update(recordText(text) ?? "")
    .digest("hex");
  if (sha256 !== head.data.sha256) {
    return refuse(
      `was changed since it was recorded: the SHA-256 of its record is ${sha256}, it tells ${head.data.sha256}.`,
    );
  }
  const read = recordingSchema.safeParse(content);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(`is not as it should be at ${issue?.path.join(".") ?? "its beginning"}.`);
  }
  return read.data.record.spans.some(({ kind }) => kind === "status")
    ? { ok: true, recording: read.data }
    : refuse("holds no answer of a cluster.");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told by the caller as whatever else is no recording.
    return undefined;
  }
}
