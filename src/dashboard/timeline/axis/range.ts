import type { EpochMs } from "../../../upgrade/status.ts";

/** What stretch of time the timeline shows, as it stands in the address. */
export const ranges = ["15m", "1h", "run", "24h"] as const;
export type Range = (typeof ranges)[number];

/** The words of a range on its button. */
export const rangeLabels = {
  "15m": "15 m",
  "1h": "1 h",
  run: "This upgrade",
  "24h": "24 h",
} as const satisfies Record<Range, string>;

/** The run that the page is about; `to` is null while it goes on. */
export type RunBounds = { readonly from: EpochMs; readonly to: EpochMs | null };

/** A range from the address bar; anything else is the upgrade in flight, or the day where there is none. */
export function rangeOf(text: string | null, run: RunBounds | null): Range {
  const known = ranges.find((range) => range === text);
  if (known !== undefined && (known !== "run" || run !== null)) {
    return known;
  }
  return run === null ? "24h" : "run";
}
