import type { EpochMs } from "../../upgrade/status.ts";

const isoMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The window's end that an address gives; null where it gives none, or one that can't be read as a moment. */
export function windowInAddress(text: string | null): EpochMs | null {
  const at = text !== null && isoMoment.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
