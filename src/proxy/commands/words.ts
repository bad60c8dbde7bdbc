import { time } from "../../contract/api.ts";
import type { EpochMs } from "../../upgrade/status.ts";

/** "1 note", "2,000 notes". */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-GB")} ${what}${count === 1 ? "" : "s"}`;
}

/** A moment that an option gives; null where it is not given, a sentence where it is none. */
export function momentOf(
  options: ReadonlyMap<string, string>,
  name: string,
): EpochMs | null | string {
  const text = options.get(name);
  if (text === undefined) {
    return null;
  }
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const read = time.safeParse(isDay ? `${text}T00:00:00Z` : text);
  return read.success
    ? read.data
    : `--${name} ${JSON.stringify(text)} is no time; such are 2026-11-01 and 2026-11-01T08:00:00Z.`;
}
