import { momentParameter } from "../../contract/momentParameter.ts";
import type { EpochMs } from "../../upgrade/status.ts";

const dayMs = 86_400_000;

/** As long as anything can be kept. How much of it one answer carries is another limit; `cutBefore` says where to go on. */
export const historyDays = 36_525;

/** More than a row of a fleet can show, for all clusters in one answer. */
export const lanesDays = 31;

/** A range of time, or why the parameters are none. */
export type Range =
  | { readonly ok: true; readonly from: EpochMs; readonly to: EpochMs }
  | { readonly ok: false; readonly message: string };

type RangeParameters = { readonly from?: string | undefined; readonly to?: string | undefined };

/** Reads `from` and `to`; without them, the last 24 hours. */
export function readRange({ from, to }: RangeParameters, now: EpochMs, longestDays: number): Range {
  const end = to === undefined ? now : readMoment(to);
  if (end === null) {
    return notAMoment("to");
  }
  const start = from === undefined ? end - dayMs : readMoment(from);
  if (start === null) {
    return notAMoment("from");
  }
  if (start > end) {
    return { ok: false, message: "The parameter from lies after to." };
  }
  return end - start <= longestDays * dayMs
    ? { ok: true, from: start, to: end }
    : { ok: false, message: `The range is longer than ${longestDays} days.` };
}

/** A moment of a query; null where the text is none. */
export function readMoment(text: string): EpochMs | null {
  const parsed = momentParameter.safeParse(text);
  return parsed.success ? parsed.data : null;
}

/** What is said of a parameter that is no moment. */
export function notAMoment(name: string): Extract<Range, { ok: false }> {
  return {
    ok: false,
    message: `The parameter ${name} is no moment such as 2026-11-23T12:00:00.000Z.`,
  };
}
