import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterConfiguration, Configuration } from "../contract/configuration.ts";
import type { EpochMs } from "../upgrade/status.ts";
import type { History } from "./history/history.ts";

/** A configuration of the built-in fleet, for a start without any cluster. */
export type SimulatedStart = {
  readonly configuration: Configuration;
  /** Writes down what the clusters lived through before, where nothing is kept of them. */
  readonly tellPast: (history: History, now: EpochMs) => Promise<void>;
  /** Ends the fleet and takes its history away. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the built-in fleet. Its history is nobody's, so it goes to a folder that ends with it, unless one was named.
 *
 * @param keepData whether the configured data folder was named by whoever started us
 */
export async function startSimulated(
  configuration: Configuration,
  keepData: boolean,
): Promise<SimulatedStart> {
  const { startFleet } = await import("../simulator/fleet.ts");
  const { realClock } = await import("../simulator/clock.ts");
  const fleet = await startFleet({ clock: realClock });
  const dataFolder = keepData
    ? configuration.dataFolder
    : await mkdtemp(join(tmpdir(), "upgrade-watch-"));
  const clusters = fleet.clusters.map((member): ClusterConfiguration => {
    const variable = `UPGRADE_WATCH_SIMULATED_${member.id.replaceAll("-", "_").toUpperCase()}`;
    process.env[variable] = member.token;
    return {
      id: member.id,
      name: member.name,
      clusterName: null,
      nodes: member.urls,
      auth: { kind: "token-environment", name: variable },
      trust: { kind: "fingerprint", sha256: [member.fingerprint256] },
      labels: member.labels,
      windowEnd: null,
      zone: member.zone,
      runbook: member.runbook ?? null,
      contact: null,
      ticket: null,
    };
  });
  return {
    configuration: { ...configuration, dataFolder, clusters },
    tellPast: async (history, now) => {
      await history.opening();
      await Promise.all(
        fleet.clusters.map(async ({ id, past }) => {
          if ((await history.load(id, now)).length === 0) {
            await history.record(id, { kind: "append", spans: past(now) });
          }
        }),
      );
    },
    stop: async () => {
      await fleet.stop();
      if (!keepData) {
        await rm(dataFolder, { recursive: true, force: true });
      }
    },
  };
}
