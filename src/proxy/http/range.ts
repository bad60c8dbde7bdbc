import { momentParameter } from "../../contract/api.ts";
import type { EpochMs } from "../../upgrade/status.ts";

const dayMs = 86_400_000;

/** A range of time, or why the parameters are none. */
export type Range =
  | { readonly ok: true; readonly from: EpochMs; readonly to: EpochMs }
  | { readonly ok: false; readonly message: string };

/** Reads `from` and `to`; without them, the last 24 hours. */
export function readRange(from: string | undefined, to: string | undefined, now: EpochMs): Range {
  const end = to === undefined ? now : readMoment(to);
  if (end === null) {
    return notAMoment("to");
  }
  const start = from === undefined ? end - dayMs : readMoment(from);
  if (start === null) {
    return notAMoment("from");
  }
  return start <= end
    ? { ok: true, from: start, to: end }
    : { ok: false, message: "The parameter from lies after to." };
}

function readMoment(text: string): EpochMs | null {
  const parsed = momentParameter.safeParse(text);
  return parsed.success ? parsed.data : null;
}

function notAMoment(name: string): Range {
  return {
    ok: false,
    message: `The parameter ${name} is no moment such as 2026-11-23T12:00:00.000Z.`,
  };
}
