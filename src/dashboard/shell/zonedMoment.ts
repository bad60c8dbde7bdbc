import type { EpochMs } from "../../upgrade/status.ts";

/**
 * The moment at which the clocks of a zone show this time; null where it is none. Of an hour that comes twice the later
 * one, and of one that is left out the moment an hour on: neither cuts a window short.
 *
 * @param local as a `datetime-local` field gives it: `2026-11-23T16:00`
 */
export function zonedMoment(local: string, zone: string): EpochMs | null {
  const asUtc = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(asUtc)) {
    return null;
  }
  const dayMs = 86_400_000;
  const candidates = [asUtc - dayMs, asUtc + dayMs].map(
    (near) => asUtc - (Date.parse(`${localText(near, zone)}Z`) - near),
  );
  const shown = candidates.filter((at) => localText(at, zone) === local);
  return Math.max(...(shown.length === 0 ? candidates : shown));
}

/** What the clocks of a zone show, as a `datetime-local` field takes it. */
export function localText(epochMs: EpochMs, zone: string): string {
  const options = { dateStyle: "short", timeStyle: "short", timeZone: zone } as const;
  // Swedish writes dates and times as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", options)
    .format(Math.floor(epochMs / 60_000) * 60_000)
    .replace(" ", "T");
}
