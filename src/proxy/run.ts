/** Opens everything that a configuration asks for, and closes it again when it is asked to stop. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Configuration } from "../contract/configuration.ts";
import { type Clock, settledWithin, systemClock } from "./clock.ts";
import { openCluster } from "./cluster/cluster.ts";
import { scrub, SecretError } from "./cluster/secret.ts";
import { timed } from "./cluster/timed.ts";
import type { LoadedConfiguration } from "./configurationFile.ts";
import { openFleet } from "./fleet.ts";
import { collectOften } from "./garbage.ts";
import { openHistory } from "./history/history.ts";
import { pruneHourly } from "./history/retention.ts";
import { createApp } from "./http/app.ts";
import { openDoorkeeper } from "./http/entrance/doorkeeper.ts";
import { listen, ListenError, readCertificate } from "./http/listen.ts";
import { loadPages } from "./http/pages.ts";
import { loadViewerRules } from "./http/viewers.ts";
import { createLog } from "./log.ts";
import { startLoopDelay } from "./loopDelay.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { recentViewers } from "./metrics/recentViewers.ts";
import { openPassBook } from "./passes/passBook.ts";
import { noPolls } from "./pollTally.ts";
import { reloader, UnusableConfigurationError } from "./reload/reload.ts";
import { hearSignals } from "./signals.ts";
import { startSimulated } from "./simulatedFleet.ts";
import { version } from "../../package.json";

const here = dirname(fileURLToPath(import.meta.url));
const stopWithinMs = 1900;
/** The history takes up to a second of that for its last, where the disk answers. */
const stopPollingWithinMs = 400;
/** Live view matters more than a past. */
const simulatedPastWithinMs = 2000;

/** How to run. */
export type RunTools = {
  /** Loads the configuration anew, as at the start. */
  readonly load: () => Promise<LoadedConfiguration>;
  /** Whether the data folder was named on the command line. */
  readonly isDataNamed: boolean;
  /** The time of what is watched, the real one unless said otherwise. What the machine does is waited for in real time. */
  readonly clock?: Clock;
};

/** Runs until a signal asks it to stop; on SIGHUP it takes in a changed configuration. */
export async function run(
  given: Configuration,
  { load, isDataNamed, clock = systemClock }: RunTools,
): Promise<void> {
  const signals = hearSignals();
  const log = createLog({ level: process.env["LOG_LEVEL"], scrub, clock });
  const loop = startLoopDelay(systemClock, () => clock.look());
  const isSimulated = given.clusters.length === 0;
  const simulated = isSimulated ? await startSimulated(given, isDataNamed) : null;
  const initial = simulated?.configuration ?? given;
  collectOften(initial.clusters.length);
  const history = await openHistory({
    folder: initial.dataFolder,
    workerUrl: new URL("./history-worker.js", import.meta.url),
    clock: { ...clock, after: systemClock.after },
    onProblem: (message) => log.error("The history has a problem", { message }),
    onRecovery: (message) => log.info("The history is kept again", { message }),
  });
  const pageFolder = join(here, "..", "page");
  const pages = await loadPages(pageFolder, initial.server.basePath);
  const reloads = reloader(initial, {
    load: async () => {
      const loaded = await load();
      return simulated === null || !loaded.ok ? loaded : withSimulated(loaded, initial);
    },
    prepare,
    now: () => clock.now(),
    log,
  });
  const build = await buildOf(pageFolder);
  const viewers = recentViewers(clock);
  const fleet = openFleet(initial, {
    history,
    clock,
    log,
    build,
    simulated: isSimulated,
    notices: reloads.notices,
    openClient: (cluster) =>
      timed(
        openCluster(cluster, {
          clock,
          userAgent: `upgrade-watch/${version}`,
          blockedMs: loop.blockedMs,
        }),
        (durationMs) => metrics.notePoll(durationMs),
      ),
  });
  const metrics = createMetrics({
    clusters: () => {
      const polls = fleet.polls();
      return fleet
        .clusters()
        .clusters.map((summary) => ({ summary, polls: polls.get(summary.id) ?? noPolls }));
    },
    program: () => ({
      version,
      build,
      simulated: isSimulated,
      ready: fleet.isReady(),
      notices: fleet.clusters().notices.map(({ code }) => code),
      historyIsKept: history.health().state === "ok",
      historyPending: history.pending(),
      reload: reloads.status(),
      viewers: viewers.count(),
      logWriteErrors: log.writeErrors(),
      loop: loop.sinceLast(),
    }),
    steadyMs: () => clock.steadyMs(),
  });
  const doorkeeper = openDoorkeeper({
    passes: openPassBook(initial.dataFolder, log, () => performance.now()),
    instance: instanceOf(initial),
    steadyNow: () => performance.now(),
  });
  const appFor = async (server: Configuration["server"]) =>
    createApp({
      view: fleet,
      notes: history.notes,
      pages,
      server,
      viewers: await loadViewerRules(server.viewers),
      doorkeeper,
      version,
      metrics: metrics.text,
      noteViewer: viewers.note,
      log,
      now: () => clock.now(),
    });
  let app = await appFor(initial.server);
  const served: Pick<typeof app, "fetch"> = {
    fetch: (...request) => app.fetch(...request),
  };
  const server = await listen(served, initial.server, log);

  async function prepare(configuration: Configuration) {
    try {
      const { tls } = configuration.server;
      const certificate = tls === null ? null : await readCertificate(tls);
      const nextApp = await appFor(configuration.server);
      return async () => {
        if (certificate !== null) {
          server.useCertificate(certificate);
        }
        app = nextApp;
        const { added, removed, changed } = await fleet.reconfigure(configuration);
        return { added: added.map(({ id }) => id), removed, changed: [...changed] };
      };
    } catch (error) {
      if (error instanceof SecretError || error instanceof ListenError) {
        throw new UnusableConfigurationError(error.message);
      }
      throw error;
    }
  }

  const stopPruning = pruneHourly(history, () => reloads.current().retention, clock, log);
  let hasHistoryClosed = false;
  const stopWriting = async (): Promise<void> => {
    await settledWithin(systemClock, fleet.stop(), stopPollingWithinMs);
    hasHistoryClosed = await history.close();
    if (!hasHistoryClosed) {
      // Nothing ends a thread that hangs in the disk but the end of the process, and a clean one would wait for it.
      log.error("The disk does not answer: what was not saved is lost");
      process.kill(process.pid, "SIGKILL");
    }
  };
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopPruning();
    loop.stop();
    log.flush();
    await Promise.all([server.close(), stopWriting()]);
    await simulated?.stop();
  };
  signals.onStop(() => {
    // What does not end in time is ended: whoever stops us waits for us.
    // A thread in the disk is waited for a little longer: the exit would wait for it without end.
    systemClock.after(stopWithinMs, () => {
      if (hasHistoryClosed) {
        signals.exit();
      }
    });
    stopping ??= stop().then(signals.exit, (error: unknown) => {
      log.error("The stop was not clean", { error });
      signals.exit();
    });
  });
  process.stdout.write(`Upgrade Watch is listening on ${server.url}\n`);
  if (simulated !== null) {
    const told = simulated
      .tellPast(history, clock.now())
      .catch((error: unknown) => log.warn("The simulated past is not kept", { error }));
    await settledWithin(systemClock, told, simulatedPastWithinMs);
  }
  await fleet.start();
  // A reload waits for what it would change.
  signals.onReload(() => void reloads.reload());
}

/** The simulated fleet stays until a restart: what it shows must not turn into something real without a word. */
function withSimulated(
  loaded: Extract<LoadedConfiguration, { ok: true }>,
  { clusters, dataFolder }: Configuration,
): LoadedConfiguration {
  return loaded.configuration.clusters.length === 0
    ? { ok: true, configuration: { ...loaded.configuration, clusters, dataFolder } }
    : {
        ok: false,
        faults: [
          "clusters: the simulated fleet runs, because none were configured at the start; restart Upgrade Watch to watch real ones",
        ],
        places: ["clusters"],
      };
}

/** Names this server among others on the same host, the same after every start: no two share a data folder. */
function instanceOf({ dataFolder }: Configuration): string {
  return createHash("sha256").update(dataFolder).digest("hex").slice(0, 8);
}

/** Identifies the built page: its index names every other file by content. */
async function buildOf(pageFolder: string): Promise<string> {
  const index = await readFile(join(pageFolder, "index.html"));
  return createHash("sha256").update(index).digest("hex").slice(0, 12);
}
