import { afterEach } from "vitest";
import { type SimulatedCluster, startManualCluster } from "../cluster.ts";
import type { ManualCluster, ManualOptions } from "../manualCluster.ts";
import { statusPath } from "../situation.ts";
import { ask, type Heard, type Question } from "./ask.ts";

const running: SimulatedCluster[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((cluster) => cluster.stop()));
});

/** Sees to it that a cluster ends with its test. */
export function untilTestEnds<Cluster extends SimulatedCluster>(cluster: Cluster): Cluster {
  running.push(cluster);
  return cluster;
}

/** Starts a pretend cluster that ends with its test. */
export async function start(options: ManualOptions = {}): Promise<ManualCluster> {
  return untilTestEnds(await startManualCluster(options));
}

/** Asks one node of a cluster, with the cluster's token unless another is given. */
export function askFor(
  cluster: SimulatedCluster,
  path = statusPath,
  question: Question = {},
  node = 0,
): Promise<Heard> {
  return ask(`${cluster.urls[node] ?? ""}${path}`, { token: cluster.token, ...question });
}
