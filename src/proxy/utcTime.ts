import type { EpochMs } from "../upgrade/status.ts";

/** A time in words of the server: `2026-11-24 14:05:10 UTC`. */
export function utcTime(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
