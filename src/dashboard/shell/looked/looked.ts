/** When somebody last looked at a page in this browser, by the server's clock. */
import * as z from "zod/mini";
import { minuteMs } from "../../../upgrade/duration.ts";
import type { EpochMs } from "../../../upgrade/status.ts";

/** A time in which nobody looked. */
export type Away = { readonly since: EpochMs; readonly until: EpochMs };

/** What was on screen so shortly before is still known. */
const shortestAwayMs = 5 * minuteMs;
/** What is kept is no older than this. */
const keepEveryMs = 10_000;
const mostKept = 200;
const key = "looked";
const schema = z.record(z.string(), z.number());

/** The time in which nobody looked, where it is worth telling. */
export function awayBetween(lookedAt: EpochMs | null, now: EpochMs): Away | null {
  return lookedAt !== null && now - lookedAt >= shortestAwayMs
    ? { since: lookedAt, until: now }
    : null;
}

/** When this page was looked at last, in whichever tab of this browser; null when it never was. */
export function lookedAt(page: string): EpochMs | null {
  return read()[page] ?? null;
}

/** Somebody looks now. */
export function rememberLook(page: string, now: EpochMs): void {
  const looks = read();
  const before = looks[page];
  if (before !== undefined && now >= before && now - before < keepEveryMs) {
    return;
  }
  const newest = Object.entries({ ...looks, [page]: now })
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, mostKept);
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // Refused or full: it is known until the page is left.
  }
}

function read(): Readonly<Record<string, EpochMs>> {
  try {
    const parsed = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? "{}"));
    return parsed.success ? parsed.data : {};
  } catch {
    // Refused by the browser, or not ours: nobody has looked yet.
    return {};
  }
}
