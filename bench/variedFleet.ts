/** A fleet in which something of everything happens, as in a night of upgrades. */
import type { Stage } from "../e2e/fixtures.ts";
import type { RunningProxy } from "../e2e/proxy.ts";
import type { ManualCluster } from "../src/simulator/manualCluster.ts";
import { type ClusterSituation, usualSettings } from "../src/simulator/situation.ts";

const preparing = { state: "UPGRADE_STATE_PREPARING", settings: usualSettings };

/** Of ten clusters six have nothing in flight; three that prepare move on, each at its own pace. */
const situations: readonly Partial<ClusterSituation>[] = [
  { ...preparing, progress: 12 },
  { version: "7.2.3" },
  {},
  { ...preparing, progress: 47 },
  { state: "UPGRADE_STATE_PREPARED", settings: { ...usualSettings, auto_commit: false } },
  { blockedReason: "The on-disk format is being upgraded in the background." },
  {},
  { ...preparing, progress: 71 },
  { ...preparing, progress: 63, errorInfo: "Node 3: no space left on /var/opt." },
  {},
];
const stepEveryMs = [7000, 11_000, 13_000] as const;

/** A fleet that is watched, until it is ended. */
export type VariedFleet = { readonly proxy: RunningProxy; readonly end: () => void };

/** Watches so many clusters, each once a second; every tenth of them is one and the same pretend cluster. */
export async function variedFleet(
  { pretend, watch }: Pick<Stage, "pretend" | "watch">,
  count: number,
): Promise<VariedFleet> {
  const pretended = await Promise.all(
    situations.map((situation) => pretend({ situation, token: "bench-token" })),
  );
  const clusters = Array.from({ length: count }, (_, index) => {
    const cluster = pretended[index % pretended.length];
    return {
      id: `c-${index}`,
      more: {
        name: `${sites[index % sites.length]} ${uses[Math.floor(index / sites.length) % uses.length]} ${index}`,
        labels: { wave: String(1 + (index % 5)), site: String(sites[index % sites.length]) },
      },
      ...(cluster === undefined ? {} : { cluster }),
    };
  }).flatMap(({ cluster, ...entry }) => (cluster === undefined ? [] : [{ ...entry, cluster }]));
  const timers = pretended
    .filter((_, index) => movers.includes(index))
    .map((cluster, index) => setInterval(step(cluster, index), stepEveryMs[index]));
  const proxy = await watch({ clusters });
  return { proxy, end: () => timers.forEach((timer) => clearInterval(timer)) };
}

const sites = ["London", "Dublin", "Paris", "Frankfurt", "Osaka", "Seattle", "Oslo", "Austin"];
const uses = ["production", "archive", "media", "render", "backup", "seismic"];
const movers: readonly number[] = [0, 3, 7];

/** One percent more, from the begin again before the end, so that it goes on for as long as is measured. */
function step(cluster: ManualCluster, index: number): () => void {
  let progress = [12, 47, 71][index] ?? 0;
  return () => {
    progress = progress >= 97 ? 12 : progress + 1;
    void cluster.set({ progress });
  };
}
