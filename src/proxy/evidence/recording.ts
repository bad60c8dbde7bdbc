import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import * as z from "zod/mini";
import { spanSchema } from "../../contract/spans.ts";
import {
  type RecordHead,
  recordHeadSchema,
  recordingFormat,
  recordingVersion,
} from "../../contract/recording.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { RunAnswer } from "../runs/catalogue.ts";

/** A run that was found. */
export type FoundRun = Extract<RunAnswer, { kind: "run" }> & {
  /** Whether its cluster is a pretended one of the built-in fleet. */
  readonly simulated: boolean;
};

/** A recording as it is sent. */
export type Recording = {
  /** Over the record's text, in hexadecimal. */
  readonly sha256: string;
  readonly file: Uint8Array<ArrayBuffer>;
};

/** About 20 MB of text. The newest are kept: they tell how it ended. */
const mostSpans = 50_000;
/** So many are written in one go; others get their turn in between. */
const spansAtOnce = 500;

/**
 * Writes a run as a file; see `contract/recording.ts`.
 *
 * @param madeAt when; not part of the record
 */
export async function writeRecording(found: FoundRun, madeAt: EpochMs): Promise<Recording> {
  const spans = found.spans.slice(-mostSpans);
  const head = JSON.stringify(
    z.encode(recordHeadSchema, headOf(found, found.spans.length - spans.length)),
  );
  const hash = createHash("sha256");
  const parts: Buffer[] = [];
  const write = (text: string): void => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    parts.push(bytes);
  };
  write(`${head.slice(0, -1)},"spans":[`);
  for (let start = 0; start < spans.length; start += spansAtOnce) {
    const texts = spans.slice(start, start + spansAtOnce).map(spanText);
    write(`${start === 0 ? "" : ","}${texts.join(",")}`);
    // oxlint-disable-next-line no-await-in-loop
    await setImmediate();
  }
  write("]}");
  const sha256 = hash.digest("hex");
  const about = JSON.stringify({
    format: recordingFormat,
    version: recordingVersion,
    madeAt: new Date(madeAt).toISOString(),
    sha256,
  });
  const before = Buffer.from(`${about.slice(0, -1)},"record":\n`);
  const file = new Uint8Array(Buffer.concat([before, ...parts, Buffer.from("\n}\n")]));
  return { sha256, file };
}

function spanText(span: Span): string {
  return JSON.stringify(z.encode(spanSchema, span));
}

/** What else there is in the run is not in the schema, and so not written. */
function headOf({ run, zone, simulated, unreadable }: FoundRun, leftOut: number): RecordHead {
  const { cluster, name, notes } = run;
  return { cluster, name, zone, simulated, run, notes, leftOut, unreadable };
}
