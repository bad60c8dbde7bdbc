import type { Context } from "hono";
import { recordHashHeader } from "../../contract/recording.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { runCsv } from "../evidence/csv.ts";
import { runMarkdown } from "../evidence/markdown.ts";
import { type FoundRun, writeRecording } from "../evidence/recording.ts";
import { jsonType, send } from "./answer.ts";
import { tooMany } from "./entrance/admission.ts";
import { bodyOf } from "./body.ts";

/** The files that there are of a run, by the ending of their names. */
export const evidenceForms = ["json", "md", "csv"] as const;

export type EvidenceForm = (typeof evidenceForms)[number];

const types = {
  json: jsonType,
  md: "text/markdown; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
} as const satisfies Record<EvidenceForm, string>;

/** Answers with a run as a file to be kept. */
export async function sendEvidence(
  context: Context,
  found: FoundRun,
  form: EvidenceForm,
  now: EpochMs,
): Promise<Response> {
  const { cluster, id } = found.run;
  const { sha256, file } = await writeRecording(found, now);
  const contents = {
    json: () => file,
    md: () => runMarkdown(found, sha256, now),
    csv: () => runCsv(found, sha256, now),
  };
  return send(context, bodyOf(contents[form](), "live"), {
    "Content-Type": types[form],
    "Content-Disposition": `attachment; filename="upgrade-watch-${cluster}-${id}.${form}"`,
    [recordHashHeader]: sha256,
  });
}

/** So many wait for their turn; each of them would hold a long run in memory otherwise. */
const mostWaiting = 16;
const waitMs = 2_000;

/**
 * Files are made one after the other: that of a long run takes memory, and the event loop in turns. Where too many wait,
 * whoever comes is asked to come again.
 */
export function oneByOne(): (context: Context, work: () => Promise<Response>) => Promise<Response> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (context, work) => {
    if (waiting >= mostWaiting) {
      return tooMany(context, waitMs, "Too many files are being made at once.");
    }
    waiting += 1;
    const mine = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = mine.catch(() => undefined);
    return mine;
  };
}
