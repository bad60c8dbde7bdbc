import { mostCommon } from "../ui/collections.ts";
import { createStoredChoice, useStoredChoice } from "../ui/storedChoice.ts";

/** Whether moments are told in the site's time zone or in UTC; `?zone=utc` in an address says so too. */
export const zoneChoice = createStoredChoice(
  "zone",
  ["site", "utc"],
  location.search,
  () => localStorage,
);

/** The zone in which moments are told now. */
export function useZone(siteZone: string): string {
  return useStoredChoice(zoneChoice) === "utc" ? "UTC" : siteZone;
}

/** The zone that most clusters share; the first of these where several do. */
export function commonZone(clusters: readonly { readonly zone: string }[]): string {
  return mostCommon(clusters.map(({ zone }) => zone)) ?? "UTC";
}
