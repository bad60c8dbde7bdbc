/** A year of a thousand clusters with an upgrade a month each, in the real store. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "../e2e/fixtures.ts";
import { systemClock } from "../src/proxy/clock.ts";
import { openStore } from "../src/proxy/history/disk/open.ts";
import { openHistory } from "../src/proxy/history/history.ts";
import { cutRuns } from "../src/upgrade/runs/run.ts";
import { dayMs } from "../src/upgrade/duration.ts";
import { report } from "./figures.ts";
import { type ClusterYear, clusterYear, months, yearFrom } from "./year.ts";

const clusters = 1000;
const recordsPerWrite = 5_000;
const reads = 400;
const wholeReads = 60;
const scale = "a year of 1,000 clusters, an upgrade a month each";
const worker = pathToFileURL(join(import.meta.dirname, "../dist/server/history-worker.js"));

test(scale, async () => {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-bench-"));
  try {
    const years = Array.from({ length: clusters }, (_, place) => clusterYear(place));
    const { records, writeMs } = await write(folder, years);
    report({
      what: `${scale}: on disk`,
      unit: "GB",
      values: [statSync(join(folder, "history.sqlite")).size / 1e9],
      target: { of: "most", below: 2 },
      how: `${Math.round(records / 1000)} thousand records, with a failed poll every other day`,
    });
    report({
      what: `${scale}: a record written`,
      unit: "µs",
      values: [(writeMs * 1000) / records],
      target: null,
      how: `in transactions of ${recordsPerWrite}`,
    });
    await read(folder, years);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** In the order of time, so that what one cluster says is as far apart in the file as it really is. */
async function write(
  folder: string,
  years: readonly ClusterYear[],
): Promise<{ readonly records: number; readonly writeMs: number }> {
  const { store } = await openStore(folder, null);
  let written = 0;
  let writeMs = 0;
  for (let month = 0; month < months; month += 1) {
    const records = years
      .flatMap((year) => year.month(month))
      .toSorted((one, other) => one.span.from - other.span.from);
    for (let start = 0; start < records.length; start += recordsPerWrite) {
      const startedAt = performance.now();
      // oxlint-disable-next-line no-await-in-loop
      await store.write(records.slice(start, start + recordsPerWrite));
      writeMs += performance.now() - startedAt;
    }
    written += records.length;
  }
  await store.close();
  return { records: written, writeMs };
}

async function read(folder: string, years: readonly ClusterYear[]): Promise<void> {
  const openedAt = performance.now();
  const history = await openHistory({
    folder,
    workerUrl: worker,
    clock: systemClock,
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  report({
    what: `${scale}: opened`,
    unit: "ms",
    values: [performance.now() - openedAt],
    target: null,
    how: "from the start of its thread to the newest place of each cluster",
  });
  const dayReads: number[] = [];
  for (let place = 0; place < reads; place += 1) {
    const { cluster, upgradeAt } = pick(years, place * 617);
    const anyDay = yearFrom + ((place * 7919) % 359) * dayMs;
    const from = place % 2 === 0 ? anyDay : pick(upgradeAt, place) - dayMs / 2;
    const startedAt = performance.now();
    // oxlint-disable-next-line no-await-in-loop
    const { spans } = await history.read(cluster, from, from + dayMs, 100_000);
    dayReads.push(performance.now() - startedAt);
    expect(spans.length).toBeGreaterThan(place % 2 === 0 ? 0 : 100);
  }
  report({
    what: `${scale}: any 24 h of one cluster`,
    unit: "ms",
    values: dayReads,
    target: { of: "p95", below: 20 },
    how: "every other one with an upgrade in it; each another cluster; the file in the system's cache",
  });
  const wholes: number[] = [];
  for (let place = 0; place < wholeReads; place += 1) {
    const { cluster } = pick(years, place * 331);
    const startedAt = performance.now();
    // oxlint-disable-next-line no-await-in-loop
    const spans = await wholeOf(history, cluster);
    wholes.push(performance.now() - startedAt);
    expect(cutRuns(spans)).toHaveLength(months);
  }
  report({
    what: `${scale}: all of one cluster, as the catalogue of runs reads it`,
    unit: "ms",
    values: wholes,
    target: null,
    how: "in pieces of 1,000 records, at rest in between not counted",
  });
  await history.close();
}

async function wholeOf(
  history: Pick<Awaited<ReturnType<typeof openHistory>>, "page">,
  cluster: string,
) {
  const spans = [];
  for (let before: number | null = null; ;) {
    // oxlint-disable-next-line no-await-in-loop
    const page = await history.page(cluster, before, 1_000);
    const [first] = page;
    if (first === undefined) {
      return spans;
    }
    spans.unshift(...page.map(({ span }) => span));
    before = first.sequence;
  }
}

function pick<Item>(items: readonly Item[], place: number): Item {
  const item = items[Math.floor(place) % items.length];
  if (item === undefined) {
    throw new Error("there is nothing to pick from");
  }
  return item;
}
