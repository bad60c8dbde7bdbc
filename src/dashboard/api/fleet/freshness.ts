import type { Freshness } from "../freshness.ts";
import { freshnessNow, type Newest } from "../usePolled.ts";
import { type ClusterFacts, datedCluster, type FleetAnswer } from "./answer.ts";

/** How fresh the picture of one cluster of the fleet is at this very moment. */
export function clusterFreshness(newest: Newest<FleetAnswer>, facts: ClusterFacts): Freshness {
  const { answer, ...received } = newest();
  return freshnessNow({ ...received, answer: datedCluster(answer, facts) });
}
