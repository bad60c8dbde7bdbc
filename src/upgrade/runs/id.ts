import type { EpochMs } from "../status.ts";

/** What an id looks like. */
export const runIdPattern = /^\d{8}T\d{9}Z(-\d{1,3})?$/;

/**
 * A run's id: the moment at which its first answer was stored, e.g. `20261123T140726123Z`. A stored moment never
 * changes, so neither does the id, whatever is heard later and however the clock is set.
 */
export function runId(storedFrom: EpochMs): string {
  return new Date(storedFrom).toISOString().replace(/[-:.]/g, "");
}
