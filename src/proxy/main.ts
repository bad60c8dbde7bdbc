#!/usr/bin/env node
/** The program: reads what it is asked for, opens everything, and closes it again. Side effects live here. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Configuration } from "../contract/configuration.ts";
import { hourMs } from "../upgrade/duration.ts";
import { systemClock } from "./clock.ts";
import { openCluster } from "./cluster/cluster.ts";
import { scrub } from "./cluster/secret.ts";
import { loadConfiguration } from "./configurationFile.ts";
import { openFleet } from "./fleet.ts";
import {
  type History,
  HistoryInUseError,
  HistoryUnavailableError,
  openHistory,
  openMemoryHistory,
} from "./history/history.ts";
import { createApp } from "./http/app.ts";
import { listen, ListenError } from "./http/listen.ts";
import { loadPages } from "./http/pages.ts";
import { loadViewerRules } from "./http/viewers.ts";
import { createLog, type Log } from "./log.ts";
import { startLoopDelay } from "./loopDelay.ts";
import { readOptions, type RunOptions } from "./options.ts";
import { helpText } from "./optionsHelp.ts";
import { startSimulated } from "./simulatedFleet.ts";
import { version } from "../../package.json";

const clock = systemClock;
const here = dirname(fileURLToPath(import.meta.url));
const stopWithinMs = 1900;

try {
  await main();
} catch (error) {
  const isForPeople = error instanceof ListenError || error instanceof HistoryInUseError;
  const words = isForPeople ? error.message : `Upgrade Watch can't start: ${String(error)}`;
  process.stderr.write(`${scrub(words)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  switch (options.kind) {
    case "help":
      process.stdout.write(helpText);
      return;
    case "version":
      process.stdout.write(`${version}\n`);
      return;
    case "faults":
      refuse(options.faults);
      return;
    case "run": {
      const loaded = await loadConfiguration(options, process.env, process.cwd());
      if (!loaded.ok) {
        refuse(loaded.faults);
      } else if (options.checkOnly) {
        const count = loaded.configuration.clusters.length;
        process.stdout.write(`The configuration can be used: ${count} clusters.\n`);
      } else {
        await run(loaded.configuration, options);
      }
    }
  }
}

function refuse(faults: readonly string[]): void {
  process.stderr.write(`${faults.map((fault) => scrub(fault)).join("\n")}\n`);
  process.exitCode = 2;
}

async function run(given: Configuration, options: RunOptions): Promise<void> {
  // Until there is something to close, being asked to stop means to stop.
  const stopAtOnce = (): never => process.exit(0);
  process.once("SIGINT", stopAtOnce).once("SIGTERM", stopAtOnce);
  const log = createLog({ level: process.env["LOG_LEVEL"], scrub, now: () => clock.now() });
  const loop = startLoopDelay(clock, () => clock.look());
  const isSimulated = given.clusters.length === 0;
  const simulated = isSimulated ? await startSimulated(given, options.dataFolder !== null) : null;
  const configuration = simulated?.configuration ?? given;
  const history = await openHistoryOrGoOn(configuration.dataFolder, log);
  const pageFolder = join(here, "..", "page");
  const fleet = openFleet(configuration, {
    history,
    clock,
    log,
    build: await buildOf(pageFolder),
    simulated: isSimulated,
    openClient: (cluster) =>
      openCluster(cluster, { now: () => clock.now(), userAgent: `upgrade-watch/${version}` }),
  });
  const app = createApp({
    view: fleet,
    pages: await loadPages(pageFolder, configuration.server.basePath),
    server: configuration.server,
    viewers: await loadViewerRules(configuration.server.viewers),
    version,
    log,
    now: () => clock.now(),
  });
  const server = await listen(app, configuration.server, log);
  const stopPruning = pruneHourly(history, configuration, log);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopPruning();
    loop.stop();
    await Promise.all([server.close(), fleet.stop()]);
    await history.close();
    await simulated?.stop();
  };
  process.off("SIGINT", stopAtOnce).off("SIGTERM", stopAtOnce);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // What does not end in time is ended: whoever stops us waits for us.
      clock.after(stopWithinMs, () => process.exit(0));
      stopping ??= stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error("The stop was not clean", { error });
          process.exit(0);
        },
      );
    });
  }
  process.stdout.write(`Upgrade Watch is listening on ${server.url}\n`);
  await fleet.start();
}

/** A history that can't be opened must not hold up the live view; one that another process holds ends the start. */
async function openHistoryOrGoOn(folder: string, log: Log): Promise<History> {
  try {
    return await openHistory({
      folder,
      workerUrl: new URL("./history-worker.js", import.meta.url),
      clock,
      onProblem: (message) => log.error("The history has a problem", { message }),
      onRecovery: (message) => log.info("The history is kept again", { message }),
    });
  } catch (error) {
    if (!(error instanceof HistoryUnavailableError)) {
      throw error;
    }
    log.error("The history can't be opened", { message: error.message });
    return openMemoryHistory(clock, error.message);
  }
}

function pruneHourly(history: History, { retention }: Configuration, log: Log): () => void {
  const timer = setInterval(() => {
    history.prune(clock.now() - retention.ageMs, retention.bytes).catch((error: unknown) => {
      log.warn("The history was not pruned", { error });
    });
  }, hourMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Identifies the built page: its index names every other file by content. */
async function buildOf(pageFolder: string): Promise<string> {
  const index = await readFile(join(pageFolder, "index.html"));
  return createHash("sha256").update(index).digest("hex").slice(0, 12);
}
