/** A thousand clusters and two hundred viewers, and the same checks by Prometheus in the same minute. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "../e2e/fixtures.ts";
import { startManualCluster } from "../src/simulator/manualCluster.ts";
import { report, reportUnmeasured, type Target } from "./figures.ts";
import { processorSeconds, residentMegabytes } from "./process.ts";

const clusters = 1000;
const viewers = 200;
const warmUpMs = 15_000;
const sampleMs = 5000;
const samples = 8;

/** Each pretend cluster stands for so many: their own cost must not be the limit. */
const idsPerCluster = 100;

test("1,000 clusters, one poll a second each, 200 viewers", async ({ pretend, watch }) => {
  const pretended = await Promise.all(
    Array.from({ length: clusters / idsPerCluster }, () => pretend({ token: "bench-token" })),
  );
  for (const cluster of pretended) {
    // oxlint-disable-next-line no-await-in-loop
    await cluster.reply(
      { status: 200, headers: { "content-type": "text/plain" }, body: exposition },
      "/metrics",
    );
  }
  const proxy = await watch({
    clusters: pretended.flatMap((cluster, index) =>
      Array.from({ length: idsPerCluster }, (_, id) => ({ id: `c-${index}-${id}`, cluster })),
    ),
    more: { poll: { active: "1s", idle: "1s", timeout: "5s" } },
  });
  const prometheus = startPrometheus(pretended);
  const audience = watchAs(viewers, `${proxy.url}/api/clusters`);
  const pollsAt = async (): Promise<number> =>
    sum(await text(`${proxy.url}/metrics`), "upgrade_watch_polls_total");
  try {
    await wait(warmUpMs);
    const cores: number[] = [];
    const perPoll: number[] = [];
    const perScrape: number[] = [];
    const done: number[] = [];
    const ratios: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const [polls, scrapes] = await Promise.all([pollsAt(), prometheus?.scrapes()]);
      const before = processorSeconds(proxy.processId());
      const prometheusBefore = prometheus === null ? 0 : processorSeconds(prometheus.processId);
      const startedAt = performance.now();
      // oxlint-disable-next-line no-await-in-loop
      await wait(sampleMs);
      const seconds = (performance.now() - startedAt) / 1000;
      const used = processorSeconds(proxy.processId()) - before;
      // oxlint-disable-next-line no-await-in-loop
      const [pollsAfter, scrapesAfter] = await Promise.all([pollsAt(), prometheus?.scrapes()]);
      cores.push((used / seconds) * 100);
      done.push(((pollsAfter - polls) / seconds / clusters) * 100);
      perPoll.push((used / (pollsAfter - polls)) * 1e6);
      if (prometheus !== null && scrapes !== undefined && scrapesAfter !== undefined) {
        const usedThere = processorSeconds(prometheus.processId) - prometheusBefore;
        const each = (usedThere / (scrapesAfter - scrapes)) * 1e6;
        perScrape.push(each);
        ratios.push((perPoll.at(-1) ?? 0) / each);
      }
    }
    const latencies = audience.latenciesMs();
    const scale = "1,000 clusters at one poll a second each, 200 viewers";
    report({
      what: `${scale}: polls done`,
      unit: "%",
      values: done,
      target: { of: "median", atLeast: 99.5 },
      how: "of those due, in 5 s each",
    });
    report({
      what: `${scale}: processor`,
      unit: "%",
      values: cores,
      target: { of: "median", below: 50 },
      how: "of one core, all threads, in 5 s each",
    });
    report({
      what: `${scale}: memory`,
      unit: "MB",
      values: [residentMegabytes(proxy.processId())],
      target: { of: "most", below: 200 },
      how: "resident",
    });
    report({
      what: `${scale}: /api/clusters`,
      unit: "ms",
      values: latencies,
      target: { of: "p99", below: 100 },
      how: "from the request to the last byte",
    });
    report({
      what: `${scale}: processor time a poll`,
      unit: "µs",
      values: perPoll,
      target: null,
      how: "viewers included",
    });
    const ratio = "processor time a poll with viewers ÷ a scrape by Prometheus";
    if (prometheus === null) {
      const why = "Prometheus is not installed here";
      reportUnmeasured({ what: ratio, target: notMore, why });
    } else {
      report({
        what: "processor time a scrape by Prometheus",
        unit: "µs",
        values: perScrape,
        target: null,
        how: "the same targets at the same pace, side by side",
      });
      report({ what: ratio, unit: "×", values: ratios, target: notMore, how: "side by side" });
    }
    expect(audience.failures()).toBe(0);
  } finally {
    audience.stop();
    await prometheus?.stop();
  }
});

const notMore: Target = { of: "median", atMost: 1 };

/** What an exporter would tell of one cluster: as much as the status itself. */
const exposition = ["idle", "preparing", "prepared", "committing", "committed", "rebooting"]
  .map((state) => `qumulo_upgrade_state{state="${state}"} ${state === "idle" ? 1 : 0}\n`)
  .join("");

type Audience = {
  readonly latenciesMs: () => readonly number[];
  readonly failures: () => number;
  readonly stop: () => void;
};

/** So many viewers that ask once a second each, as a page does, and take compressed answers. */
function watchAs(count: number, url: string): Audience {
  const latencies: number[] = [];
  let failures = 0;
  let isOver = false;
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const look = async (): Promise<void> => {
    await wait(Math.random() * 1000);
    while (!isOver) {
      const startedAt = performance.now();
      try {
        // oxlint-disable-next-line no-await-in-loop
        await discard(url, agent);
        latencies.push(performance.now() - startedAt);
      } catch {
        failures += isOver ? 0 : 1;
      }
      // oxlint-disable-next-line no-await-in-loop
      await wait(1000);
    }
  };
  for (let viewer = 0; viewer < count; viewer += 1) {
    void look();
  }
  return {
    latenciesMs: () => latencies,
    failures: () => failures,
    stop: () => {
      isOver = true;
      agent.destroy();
    },
  };
}

function discard(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { "accept-encoding": "br, gzip" } }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode))),
      );
    });
    request.once("error", reject);
  });
}

type Prometheus = {
  readonly processId: number;
  readonly scrapes: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Prometheus over the same targets, each once a second; null, said aloud, where it is not installed. */
function startPrometheus(
  targets: readonly Awaited<ReturnType<typeof startManualCluster>>[],
): Prometheus | null {
  if (spawnSync("prometheus", ["--version"]).status !== 0) {
    process.stdout.write("\nPrometheus is not installed here, so nothing is compared with it.\n");
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-prometheus-"));
  const groups = targets.flatMap(({ urls }, index) =>
    Array.from({ length: idsPerCluster }, (_, id) => ({
      targets: urls.map((url) => new URL(url).host),
      labels: { cluster: `c-${index}-${id}` },
    })),
  );
  const configuration = {
    global: { scrape_interval: "1s", scrape_timeout: "1s" },
    scrape_configs: [
      {
        job_name: "clusters",
        scheme: "https",
        tls_config: { insecure_skip_verify: true },
        authorization: { credentials: "bench-token" },
        static_configs: groups,
      },
    ],
  };
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, JSON.stringify(configuration));
  const port = 20_000 + (process.pid % 20_000);
  const child: ChildProcess = spawn(
    "prometheus",
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return {
    processId: child.pid ?? 0,
    scrapes: async () => {
      const page = await text(`http://127.0.0.1:${port}/metrics`);
      return sum(page, "prometheus_target_interval_length_seconds_count");
    },
    stop: async () => {
      const ended = new Promise((resolve) => {
        child.once("exit", resolve);
      });
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function text(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}

/** All samples of one metric added up. */
function sum(page: string, name: string): number {
  return [...page.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? ([\\d.e+]+)$`, "gm"))].reduce(
    (total, [, value]) => total + Number(value),
    0,
  );
}
