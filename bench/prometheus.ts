/** Prometheus over the same targets, to compare with. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SimulatedCluster } from "../src/simulator/manualCluster.ts";
import { metricSum } from "./process.ts";

/** A Prometheus that runs. */
export type Prometheus = {
  readonly processId: number;
  /** How often it has scraped any target so far. */
  readonly scrapes: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** What an exporter would tell of one cluster: as much as the status itself. */
export const exposition = ["idle", "preparing", "prepared", "committing", "committed", "rebooting"]
  .map((state) => `qumulo_upgrade_state{state="${state}"} ${state === "idle" ? 1 : 0}\n`)
  .join("");

/**
 * Scrapes every cluster so many times a second each, over HTTPS, with a token.
 *
 * @returns null where it is not installed
 */
export async function startPrometheus(
  clusters: readonly SimulatedCluster[],
  targetsPerCluster: number,
): Promise<Prometheus | null> {
  if (spawnSync("prometheus", ["--version"]).status !== 0) {
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-prometheus-"));
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, JSON.stringify(configurationOf(clusters, targetsPerCluster)));
  const address = `127.0.0.1:${await freePort()}`;
  const child: ChildProcess = spawn(
    "prometheus",
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${address}`,
      "--log.level=error",
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return {
    processId: child.pid ?? 0,
    scrapes: () =>
      metricSum(`http://${address}/metrics`, "prometheus_target_interval_length_seconds_count"),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configurationOf(clusters: readonly SimulatedCluster[], targetsPerCluster: number) {
  return {
    global: { scrape_interval: "1s", scrape_timeout: "1s" },
    scrape_configs: [
      {
        job_name: "clusters",
        scheme: "https",
        tls_config: { insecure_skip_verify: true },
        authorization: { credentials: clusters[0]?.token ?? "" },
        static_configs: clusters.flatMap(({ urls }, index) =>
          Array.from({ length: targetsPerCluster }, (_, id) => ({
            targets: urls.map((url) => new URL(url).host),
            labels: { cluster: `c-${index}-${id}` },
          })),
        ),
      },
    ],
  };
}

/** It can't be asked which port it chose itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
