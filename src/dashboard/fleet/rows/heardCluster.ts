import type { EpochMs } from "../../../upgrade/status.ts";
import type { ClusterFacts } from "../../api/fleet/answer.ts";

/** Finer than this share of the lane nothing can be seen; such a piece is drawn as wide as this. */
export const finestShare = 1 / 200;

/** What is told of a cluster, and when it was heard last. */
export type HeardCluster = ClusterFacts & { readonly observedAt: EpochMs | null };

/**
 * A moment as finely as a lane shows it: the same one for a while, so that a lane is drawn anew when one can see it.
 */
export function laneMoment<At extends EpochMs | null>(at: At, hours: number): At | EpochMs {
  const stepMs = (hours * 3_600_000 * finestShare) / 2;
  return at === null ? at : Math.floor(at / stepMs) * stepMs;
}
