/** One soak from its build to its table. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { removeProxy, type RunningProxy, startProxy } from "../proxy.ts";
import { buildSoak } from "./build.ts";
import { machineMs, soakNow, type SoakTime } from "./clock.ts";
import { happen } from "./events.ts";
import { askFigures, type SoakOrders } from "./figures.ts";
import { type Count, judge, type Row, tableOf } from "./judge.ts";
import type { Sabotage } from "./sabotage.ts";
import { openScreens, type Screens } from "./screens.ts";
import type { Form } from "./script.ts";
import type { Reading } from "./slope.ts";
import { pollCounter } from "./tally.ts";
import { disagreementOf, historyOf, type Stretch } from "./truth.ts";
import { startWorld, type World } from "./world.ts";

/** What a soak came to. */
export type Outcome = {
  readonly rows: readonly Row[];
  /** For people. */
  readonly table: string;
  /** What was wrong, where that can be told one by one. */
  readonly details: readonly string[];
  /** Everything that was read. */
  readonly series: ReadonlyMap<string, readonly Reading[]>;
};

const speed = 1440;
const minuteMs = 60_000;
/** Half a day before the end of summer time. */
const beginsAt = Date.UTC(2027, 9, 30, 13);
const lookEveryMs = 250;
const intervalMs = 20_000;
const pollTimeoutMs = 500;
/** A page may show an answer for three of its own intervals; besides, its clusters are looked at with a pace. */
const liveWithinMs = 3_000 + (3 * intervalMs) / speed + lookEveryMs;
/** A change may be heard only after a poll that waits for its deadline. */
const slackMs = (pollTimeoutMs + 150) * speed;
const limitsMs = [2 ** 31, 2 ** 32] as const;
/** Reached in the long form, where the oldest is deleted. */
const mostHistoryBytes = 20e6;
const more = {
  poll: { active: "20s", idle: "20s", timeout: "0.5s" },
  retention: { age: "400d", size: `${mostHistoryBytes / 1e6}MB` },
  zone: "Europe/London",
};

/** Runs a soak. */
export async function soak(
  form: Form,
  sabotage: Sabotage | null = null,
  seed = 1,
): Promise<Outcome> {
  const built = await buildSoak(sabotage?.patch ?? null);
  const durationMs = form.minutes * minuteMs;
  const time: SoakTime = { speed, beginsAt, originMs: machineMs() };
  const world = await startWorld(form, time, seed);
  let starts = 0;
  let socket = "";
  const proxy = await startProxy({
    clusters: world.watched,
    program: built.program,
    more,
    through: (command, folder) => {
      const [node = "", ...programArguments] = command;
      socket = join(folder, "soak.sock");
      const orders: SoakOrders = { time, socket, uptimeMs: uptimeMs(form, starts) };
      starts += 1;
      return [node, "--expose-gc", ...programArguments, JSON.stringify(orders)];
    },
  });
  let screens: Screens | undefined;
  try {
    screens = await openScreens(proxy.url, durationMs);
    const seen = await watch({ form, time, world, proxy, screens, built, socket: () => socket });
    const ended = soakNow(time);
    const diskBytes = (seen.series.get("disk: history") ?? []).map(({ value }) => value);
    const isPruned = Math.max(0, ...diskBytes) > 0.9 * mostHistoryBytes;
    const truth = await Promise.all(
      world.watched.map(async ({ id }) => {
        const spans = await historyOf(proxy, id, { from: beginsAt, to: ended });
        const journal = world.journal.get(id) ?? [];
        const from = isPruned ? (spans[0]?.from ?? ended) : beginsAt;
        return disagreementOf(spans, journal, { from, to: ended }, seen.disturbed, slackMs);
      }),
    );
    const pageLeaks = await leaksIn(screens, proxy.secrets());
    await screens.stop();
    screens = undefined;
    const { code, leaks } = await removeProxy(proxy);
    const faults = faultLines(proxy.output());
    const invented = truth.flatMap((one) => one.invented);
    const missing = truth.flatMap((one) => one.missing);
    const slandered = truth.flatMap((one) => one.slandered);
    const counts: readonly Count[] = [
      ...seen.counts,
      { measure: "history: states that never were", value: invented.length, most: 0 },
      { measure: "history: states that are missing", value: missing.length, most: 0 },
      {
        measure: "history: failures of healthy clusters",
        value: slandered.length,
        ...(form.isLong ? { most: 0 } : {}),
      },
      { measure: "tokens found outside", value: leaks.length + pageLeaks, most: 0 },
      { measure: "rejections and warnings", value: faults.length, most: 0 },
      { measure: "exit code of the server", value: code ?? Number.NaN, most: 0 },
    ];
    const rows = judge({ isLong: form.isLong, series: seen.series, counts });
    const details = [
      ...seen.falseFaces,
      ...invented.map((line) => `never was: ${line}`),
      ...missing.map((line) => `missing: ${line}`),
      ...leaks,
      ...faults,
      ...slandered.map((line) => `of a healthy cluster: ${line}`),
    ];
    return { rows, table: tableOf(rows), details, series: seen.series };
  } finally {
    await screens?.stop();
    await removeProxy(proxy);
    await world.stop();
    built.remove();
  }
}

/** Every process passes 24.8 or 49.7 days of its own time while it runs; the last one, which runs longest, in turn. */
function uptimeMs(form: Form, start: number): number {
  const { minutes, restarts, restartedShare } = form;
  const share = start >= restarts ? 1 - restartedShare : restartedShare / restarts;
  const limitMs = limitsMs[start % 2 === 0 ? 1 : 0];
  return limitMs - (share * minutes * minuteMs * speed) / 2;
}

type Watching = {
  readonly form: Form;
  readonly time: SoakTime;
  readonly world: World;
  readonly proxy: RunningProxy;
  readonly screens: Screens;
  readonly built: { readonly page: string };
  readonly socket: () => string;
};

type Seen = {
  readonly series: ReadonlyMap<string, readonly Reading[]>;
  readonly counts: readonly Count[];
  readonly falseFaces: readonly string[];
  readonly disturbed: readonly Stretch[];
};

/** Looks on until the time is over. */
async function watch(watching: Watching): Promise<Seen> {
  const { form, time, world, proxy, screens, socket } = watching;
  const durationMs = form.minutes * minuteMs;
  const startedMs = machineMs();
  const watchedFrom = soakNow(time);
  const series = new Map<string, Reading[]>();
  const tally = pollCounter();
  const falseFaces: string[] = [];
  let live = 0;
  let all = 0;
  const note = (measure: string, polls: number, value: number): void => {
    const readings = series.get(measure) ?? [];
    series.set(measure, readings);
    readings.push({ polls, value });
  };

  const look = async (tab: number): Promise<void> => {
    const atMs = machineMs();
    for (const { name, isLive } of await screens.faces(tab)) {
      const silentMs = atMs - (world.heardMs.get(name) ?? startedMs);
      all += 1;
      live += isLive ? 1 : 0;
      if (isLive && silentMs > liveWithinMs) {
        falseFaces.push(`tab ${tab + 1} calls ${name} live, silent for ${Math.round(silentMs)} ms`);
      }
    }
  };

  const sample = async (): Promise<void> => {
    const tabs = Array.from({ length: screens.count }, (_, tab) => screens.figures(tab));
    for (const [tab, figures] of (await Promise.all(tabs)).entries()) {
      const { polls, heap, nodes, loose, listeners, documents, asking } = figures;
      const name = `tab ${tab + 1}`;
      note(`${name}: heap`, polls, heap);
      note(`${name}: nodes of the document`, polls, nodes);
      note(`${name}: nodes kept outside of it`, polls, loose);
      note(`${name}: listeners`, polls, listeners);
      note(`${name}: documents`, polls, documents);
      note(`${name}: questions under way`, polls, asking);
    }
    if (!events.isServing()) {
      return;
    }
    const figures = await askFigures(socket());
    const polls = tally.add(await (await fetch(`${proxy.url}/metrics`)).text());
    note("server: heap", polls, figures.heapUsed);
    note("server: buffers", polls, figures.external);
    note("server: memory, its least", polls, figures.leastRss);
    note("server: memory, its most", polls, figures.mostRss);
    note("server: open files", polls, figures.files);
    note("server: handles", polls, figures.resources);
    note("server: timers", polls, figures.timers);
    note("server: event loop p99", polls, figures.loopP99Ms);
    note("disk: history", polls, bytesIn(join(proxy.folder, "data")));
  };

  const events = happen({ ...watching, more, durationMs });
  let nextSampleMs = startedMs;
  while (machineMs() - startedMs < durationMs) {
    // oxlint-disable no-await-in-loop
    for (let tab = 0; tab < screens.count; tab += 1) {
      await look(tab);
    }
    if (machineMs() >= nextSampleMs) {
      await sample().catch((error: unknown) => {
        // A server that was stopped in between can't be asked.
        if (events.isServing() && !events.wasDisturbed()) {
          throw error;
        }
      });
      nextSampleMs = machineMs() + form.sampleEverySeconds * 1000;
    }
    await pause(lookEveryMs);
    // oxlint-enable no-await-in-loop
  }
  await events.ended;
  const days = (soakNow(time) - time.beginsAt) / (24 * 60 * minuteMs);
  const shareLive = (100 * live) / Math.max(1, all);
  return {
    series,
    falseFaces,
    disturbed: [{ from: time.beginsAt, to: watchedFrom }, ...events.disturbed],
    counts: [
      { measure: "days of the soak's clock", value: days },
      { measure: "polls of clusters", value: tally.polls() },
      {
        measure: "ticks left out, stalls apart",
        value:
          (100 * tally.skipped(intervalMs / speed, pollTimeoutMs)) / Math.max(1, tally.polls()),
        unit: " %",
      },
      { measure: "faces looked at", value: all },
      {
        measure: "faces that were live",
        value: shareLive,
        unit: " %",
        ...(form.isLong ? { least: 25 } : {}),
      },
      { measure: "faces live with an old sample", value: falseFaces.length, most: 0 },
    ],
  };
}

function bytesIn(folder: string): number {
  return readdirSync(folder)
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}

async function leaksIn(screens: Screens, secrets: readonly string[]): Promise<number> {
  let leaks = 0;
  for (let tab = 0; tab < screens.count; tab += 1) {
    for (const secret of secrets) {
      // oxlint-disable-next-line no-await-in-loop
      leaks += (await screens.holds(tab, secret)) ? 1 : 0;
    }
  }
  return leaks;
}

/** What Node says of a program that forgets its promises or its listeners; and what ours says of its own faults. */
function faultLines(output: string): readonly string[] {
  const pattern = /MaxListenersExceeded|nhandledPromise|unhandledRejection|fault of ours/;
  return output.split("\n").filter((line) => pattern.test(line));
}
