import { statusSchema } from "../../../contract/api.ts";
import { type Reading, readStatusReply } from "../../../contract/clusterReply.ts";
import { gatherBody } from "../../../contract/gatherBody.ts";
import { canary, type FuzzedReply } from "../../../contract/testing/replies.ts";
import { rememberSecret, scrubBytes } from "../secret.ts";

rememberSecret(canary);
const prototype = Reflect.ownKeys(Object.prototype).map(String).join();
/** The most that a reading may hold: an error text, the settings and the remarks on them. */
const longestReading = 64 * 1024;

/** Reads a reply as an exchange does, piece by piece. */
function readPieces({ bytes, pieceBytes, headers }: FuzzedReply): Reading {
  const gatherer = gatherBody();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    gatherer.take(bytes.subarray(at, at + pieceBytes));
  }
  const body = gatherer.end();
  return readStatusReply({ ...body, kept: scrubBytes(body.kept) }, headers);
}

/** What is wrong with how a reply is read; null when nothing is. */
export function faultOf(reply: FuzzedReply): string | null {
  let reading: Reading;
  try {
    reading = readPieces(reply);
  } catch (error) {
    return `the reader throws: ${String(error)}`;
  }
  const said = JSON.stringify(reading);
  if (said.includes(canary)) {
    return "a token is in the reading";
  }
  if (said.length > longestReading) {
    return `the reading has ${said.length} characters`;
  }
  if (Reflect.ownKeys(Object.prototype).map(String).join() !== prototype) {
    return "Object.prototype has changed";
  }
  if (reading.quality === "invalid") {
    return null;
  }
  const checked = statusSchema.safeParse(reading.status);
  if (!checked.success) {
    return `the API's schema refuses the status: ${checked.error.message}`;
  }
  const { quality, remarks } = reading;
  // Fields that nobody knows are remarked, and make nothing doubtful of the others.
  const isDoubted = remarks.some(({ field }) => field !== "schema");
  const isFair = quality === "ok" ? !isDoubted : remarks.length > 0;
  return isFair ? null : `the quality is ${quality} with ${remarks.length} remarks`;
}
