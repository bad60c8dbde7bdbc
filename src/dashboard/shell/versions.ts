import { isIdle } from "../../upgrade/status.ts";
import { versionText } from "../../upgrade/version.ts";
import type { ClusterFacts } from "../api/fleet/answer.ts";

/** The version that runs, and the one that it is being changed to, where it is. */
export type Versions = { readonly from: string; readonly to: string | null };

/** The version before and after while an upgrade is in flight, else the one that runs. */
export function versionsOf(summary: ClusterFacts): Versions {
  const { state, fromVersion, runningVersion, targetVersion } = summary;
  const inFlight = state !== null && !isIdle(state) && targetVersion !== null;
  const from = (inFlight ? fromVersion : null) ?? runningVersion ?? fromVersion;
  return {
    from: from === null ? "—" : versionText(from),
    to: inFlight && targetVersion !== null ? versionText(targetVersion) : null,
  };
}
