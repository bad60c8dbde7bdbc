/** A thousand clusters and two hundred viewers, and the same checks by Prometheus in the same minutes. */
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "../e2e/fixtures.ts";
import type { RunningProxy } from "../e2e/proxy.ts";
import { gather } from "./audience.ts";
import { report, reportUnmeasured } from "./figures.ts";
import { metricSum, processorSeconds, residentMegabytes } from "./process.ts";
import { exposition, type Prometheus, startPrometheus } from "./prometheus.ts";

const clusters = 1000;
const viewers = 200;
const warmUpMs = 15_000;
const settleMs = 5000;
const sampleMs = 5000;
const samples = 8;

/** Each pretend cluster stands for so many: their own cost must not be the limit. */
const idsPerCluster = 100;

test("1,000 clusters, one poll a second each, 200 viewers", async ({ pretend, watch }) => {
  const pretended = await Promise.all(
    Array.from({ length: clusters / idsPerCluster }, () => pretend({ token: "bench-token" })),
  );
  const reply = { status: 200, headers: { "content-type": "text/plain" }, body: exposition };
  await Promise.all(pretended.map((cluster) => cluster.reply(reply, "/metrics")));
  const proxy = await watch({
    clusters: pretended.flatMap((cluster, index) =>
      Array.from({ length: idsPerCluster }, (_, id) => ({ id: `c-${index}-${id}`, cluster })),
    ),
    more: { poll: { active: "1s", idle: "1s", timeout: "5s" } },
    through: asLargeFleet,
  });
  const prometheus = await startPrometheus(pretended, idsPerCluster);
  await wait(warmUpMs);
  const beside = await samplesOf(proxy, prometheus);
  reportBeside("", beside);
  const audience = gather(viewers, `${proxy.url}/api/clusters`);
  try {
    await wait(settleMs);
    reportBeside(", with 200 viewers", await samplesOf(proxy, prometheus));
    await prometheus?.stop();
    await wait(settleMs);
    audience.begin();
    const alone = await samplesOf(proxy, null);
    const { latenciesMs, failures } = await audience.tell();
    reportAlone(alone, latenciesMs);
    expect(failures).toBe(0);
  } finally {
    await audience.stop();
  }
});

/** For so many clusters the service's own account leaves the size of the young generation to Node. */
function asLargeFleet(command: readonly string[]): readonly string[] {
  return ["env", "-u", "NODE_OPTIONS", ...command];
}

/** What was used in some seconds. */
type Sample = {
  readonly pollsDone: number;
  readonly core: number;
  readonly memory: number;
  readonly poll: number;
  /** Null where there is no Prometheus beside. */
  readonly scrape: number | null;
};

async function samplesOf(proxy: RunningProxy, prometheus: Prometheus | null): Promise<Sample[]> {
  const read = async () => {
    const polls = await metricSum(`${proxy.url}/metrics`, "upgrade_watch_polls_total");
    const scrapes = (await prometheus?.scrapes()) ?? 0;
    const theirs = prometheus === null ? 0 : processorSeconds(prometheus.processId);
    return { polls, scrapes, theirs, ours: processorSeconds(proxy.processId()), atMs: now() };
  };
  const taken: Sample[] = [];
  let before = await read();
  for (let sample = 0; sample < samples; sample += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await wait(sampleMs);
    // oxlint-disable-next-line no-await-in-loop
    const after = await read();
    const seconds = (after.atMs - before.atMs) / 1000;
    const polls = after.polls - before.polls;
    const used = after.ours - before.ours;
    const usedThere = after.theirs - before.theirs;
    taken.push({
      pollsDone: (polls / seconds / clusters) * 100,
      core: (used / seconds) * 100,
      memory: residentMegabytes(proxy.processId()),
      poll: (used / polls) * 1e6,
      scrape: prometheus === null ? null : (usedThere / (after.scrapes - before.scrapes)) * 1e6,
    });
    before = after;
  }
  return taken;
}

function now(): number {
  return performance.now();
}

function reportBeside(company: string, beside: readonly Sample[]): void {
  const scale = `1,000 clusters at one poll a second each${company}`;
  const scrapes = beside.flatMap(({ scrape }) => scrape ?? []);
  report({
    what: `${scale}: processor time a poll`,
    unit: "µs",
    values: beside.map(({ poll }) => poll),
    target: null,
    how: `all that the program does in 5 s, divided by the polls${company}`,
  });
  const what = `${scale}: processor time a poll ÷ a scrape by Prometheus`;
  const target = { of: "median", atMost: 1 } as const;
  if (scrapes.length === 0) {
    reportUnmeasured({ what, target, why: "Prometheus is not installed here" });
    return;
  }
  report({
    what: `${scale}: processor time a scrape by Prometheus`,
    unit: "µs",
    values: scrapes,
    target: null,
    how: "the same targets over HTTPS at the same pace, at the same time, its defaults",
  });
  report({
    what,
    unit: "×",
    values: beside.flatMap(({ poll, scrape }) => (scrape === null ? [] : [poll / scrape])),
    target,
    how: "side by side in the same seconds",
  });
}

function reportAlone(alone: readonly Sample[], latenciesMs: readonly number[]): void {
  const scale = "1,000 clusters at one poll a second each, 200 viewers";
  const how = "without Prometheus beside it";
  report({
    what: `${scale}: polls done`,
    unit: "%",
    // Of one sample the count and its moment are read so far apart that its share is off by a percent or two.
    values: [alone.reduce((sum, { pollsDone }) => sum + pollsDone, 0) / alone.length],
    target: { of: "median", atLeast: 99.5 },
    how: `of those due, in ${(samples * sampleMs) / 1000} s`,
  });
  report({
    what: `${scale}: processor`,
    unit: "%",
    values: alone.map(({ core }) => core),
    target: { of: "median", below: 50 },
    how: `of one core, all threads, ${how}`,
  });
  report({
    what: `${scale}: memory`,
    unit: "MB",
    values: alone.map(({ memory }) => memory),
    target: { of: "most", below: 200 },
    how: "resident, all threads",
  });
  report({
    what: `${scale}: /api/clusters`,
    unit: "ms",
    values: latenciesMs,
    target: { of: "p99", below: 100 },
    how: `from the request to the last byte, ${how}`,
  });
}
