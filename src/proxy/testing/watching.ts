/** The poll loop of one scripted cluster, for the specs. */
import { afterEach } from "vitest";
import type { ClusterConfiguration } from "../../contract/configuration.ts";
import type { History } from "../history/history.ts";
import { openMemoryHistory } from "../history/testing/memory.fixture.ts";
import type { Log } from "../log.ts";
import { summarise } from "../picture.ts";
import { type Watch, watchCluster } from "../watch.ts";
import { manualClock } from "./manualClock.ts";
import { clusterNamed } from "./configuration.ts";
import { scriptedCluster } from "./scriptedCluster.ts";

export const second = 1000;
export const start = Date.UTC(2026, 10, 23, 12);
export const refused = { kind: "refused", message: "The connection was refused." } as const;

const configuration: ClusterConfiguration = {
  ...clusterNamed("lon-prod-1"),
  name: "London production",
  zone: "Europe/London",
};

const watches: Watch[] = [];
afterEach(async () => {
  await Promise.all(watches.splice(0).map((watch) => watch.stop()));
});

/** A loop on a clock that stands still; it ends with the test. */
export function watching(
  change: {
    history?: Partial<History>;
    trust?: ClusterConfiguration["trust"];
    uptimeMs?: number;
    log?: Log;
    /** By so much the loop's timers come late, as when the process is busy. */
    timersLateMs?: number;
  } = {},
) {
  const clock = manualClock(start, change.uptimeMs);
  const client = scriptedCluster(clock);
  const errors: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message) => void errors.push(message),
  };
  const history: History = { ...openMemoryHistory(clock, "not on disk"), ...change.history };
  const cluster = { ...configuration, trust: change.trust ?? configuration.trust };
  const watch = watchCluster(cluster, {
    client,
    history,
    clock: {
      ...clock,
      after: (delayMs, callback) => clock.after(delayMs + (change.timersLateMs ?? 0), callback),
    },
    log: change.log ?? log,
    cadence: { activeMs: second, idleMs: 5 * second, timeoutMs: 5 * second },
    onPublish: () => undefined,
    chance: () => 0,
  });
  watches.push(watch);
  const summary = () => summarise(cluster, watch.picture(), false, clock.now());
  return { clock, client, watch, summary, errors };
}
