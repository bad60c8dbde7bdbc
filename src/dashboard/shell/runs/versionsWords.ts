import type { RunSummary } from "../../../contract/runs.ts";

/** `7.1.4 → 7.2.3`; a version that was not heard is told as such. */
export function versionsWords({
  fromVersion,
  targetVersion,
}: Pick<RunSummary, "fromVersion" | "targetVersion">): string {
  return `${fromVersion ?? "version not heard"} → ${targetVersion ?? "target not heard"}`;
}
