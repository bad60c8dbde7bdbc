/** The real program, as it is built, in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SimulatedCluster } from "../src/simulator/manualCluster.ts";

/** A pretend cluster as the configuration names it; what is not named gets the usual. */
export type WatchedCluster = {
  readonly id: string;
  readonly cluster: SimulatedCluster;
  /** More keys of its entry in the configuration file, e.g. `name` or `runbook`. */
  readonly more?: Readonly<Record<string, unknown>>;
};

/** What a proxy is started with. */
export type ProxyOptions = {
  readonly clusters: readonly WatchedCluster[];
  /** More top-level keys of the configuration file. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** The built program, where it is not the usual one. */
  readonly program?: string;
  /** Whether {@link RunningProxy.disturb} is to work. */
  readonly canBeDisturbed?: boolean;
  /** The command that starts it, made from the usual one: to put it under a limit, or under another user. */
  readonly through?: (command: readonly string[], folder: string) => readonly string[];
};

/** A proxy that is running, or was. */
export type RunningProxy = {
  /** Where it listens, without a slash at its end; the same after a restart. */
  readonly url: string;
  /** The folder of its configuration and, below `data`, of its history. */
  readonly folder: string;
  /** The ids of its clusters. */
  readonly clusters: readonly string[];
  /** The tokens that its clusters accept and accepted when it was started. */
  readonly secrets: () => readonly string[];
  /** All that it has printed on both streams. */
  readonly output: () => string;
  /** The number of the process that runs now. */
  readonly processId: () => number;
  /** Ends it as the power does. */
  readonly kill: () => Promise<void>;
  /** Stops it in its tracks, its sockets open, until it is resumed. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Within a moment sets its wall clock off by `clockMs`, or blocks its event loop once for `blockMs`. */
  readonly disturb: (order: { readonly clockMs?: number; readonly blockMs?: number }) => void;
  /** Writes another configuration in place of its own, or a text that may be none. It takes effect with a reload. */
  readonly configure: (next: Pick<ProxyOptions, "clusters" | "more"> | string) => void;
  /** Asks it to take its configuration in again. */
  readonly reload: () => void;
  /** Asks it to end. @returns its exit code, null when it was killed */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
  /** Starts it again on the same port and data. */
  readonly restart: () => Promise<void>;
};

const usualProgram = "dist/server/upgrade-watch.js";
const listening = /Upgrade Watch is listening on (\S+)/;
const startWithinMs = 15_000;

/** What the service that is documented gives the program, so that what is measured is what an administrator has. */
function serviceEnvironment(): Record<string, string> {
  const unit = readFileSync("docs/server.md", "utf8").matchAll(/^Environment=(\w+)=(.+)$/gm);
  return Object.fromEntries([...unit].map(([, name = "", value = ""]) => [name, value]));
}

/** Starts a proxy on a free port, with its configuration and data in a fresh folder. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { program = usualProgram } = options;
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  const configuration = join(folder, "upgrade-watch.yaml");
  // JSON is YAML too.
  writeFileSync(configuration, JSON.stringify(configurationOf(options, folder)));

  const orders = join(folder, "disturb.json");
  writeFileSync(orders, "{}");
  const preload = options.canBeDisturbed === true ? ["--import", "./e2e/disturb.mjs"] : [];

  let orderNumber = 0;
  let output = "";
  let child: ChildProcess | undefined;
  const usual = [program, "--config", configuration];
  const start = async (port: string): Promise<string> => {
    const all = [process.execPath, ...preload, ...usual, "--port", port];
    const [command = "", ...programArguments] = options.through?.(all, folder) ?? all;
    const started = spawn(command, programArguments, {
      env: { ...process.env, ...serviceEnvironment(), UPGRADE_WATCH_DISTURB: orders },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    const before = output.length;
    return await new Promise((resolve, reject) => {
      const give = (reason: string): void =>
        reject(new Error(`${program} ${reason}\n${output.slice(before)}`));
      const timer = setTimeout(() => give("did not listen in time"), startWithinMs);
      const hear = (chunk: Buffer): void => {
        output += chunk.toString();
        const url = listening.exec(output.slice(before))?.[1];
        if (url !== undefined) {
          clearTimeout(timer);
          resolve(url.replace(/\/$/, ""));
        }
      };
      started.stdout.on("data", hear);
      started.stderr.on("data", hear);
      started.once("exit", (code) => {
        clearTimeout(timer);
        give(`ended with code ${code}`);
      });
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ended = child;
    if (ended === undefined) {
      return 0;
    }
    if (ended.exitCode === null && ended.signalCode === null) {
      const exited = once(ended, "exit");
      ended.kill(signal);
      await exited;
    }
    child = undefined;
    return ended.exitCode;
  };

  const url = await start("0").catch(async (error: unknown) => {
    await end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const tokens = (): string[] =>
    options.clusters.map(({ cluster }) => cluster.token).filter((token) => token !== "");
  const first = tokens();
  return {
    url,
    folder,
    clusters: options.clusters.map(({ id }) => id),
    secrets: () => [...new Set([...first, ...tokens()])],
    output: () => output,
    processId: () => child?.pid ?? 0,
    kill: async () => void (await end("SIGKILL")),
    pause: () => void child?.kill("SIGSTOP"),
    // Whoever reads it must never see half of it.
    disturb: (order) => {
      writeFileSync(`${orders}.new`, JSON.stringify({ ...order, number: (orderNumber += 1) }));
      renameSync(`${orders}.new`, orders);
    },
    configure: (next) =>
      writeFileSync(
        configuration,
        typeof next === "string" ? next : JSON.stringify(configurationOf(next, folder)),
      ),
    reload: () => void child?.kill("SIGHUP"),
    resume: () => void child?.kill("SIGCONT"),
    stop: (signal = "SIGTERM") => end(signal),
    restart: async () => {
      const code = await end("SIGTERM");
      if (code !== 0) {
        throw new Error(`${program} was stopped and ended with code ${code}\n${output}`);
      }
      await start(new URL(url).port);
    },
  };
}

/** How a proxy ended. */
export type Ending = {
  /** Its exit code; 0 when it was ended before. */
  readonly code: number | null;
  /** Where a cluster's token was found, though it should never leave the server's memory. */
  readonly leaks: readonly string[];
};

/**
 * Ends a proxy at the end of a test, looks for its clusters' tokens in all that it answered, printed and wrote, and
 * removes what it wrote.
 */
export async function removeProxy(proxy: RunningProxy): Promise<Ending> {
  const secrets = proxy.secrets();
  const answers = await answersOf(proxy);
  const code = await proxy.stop();
  const data = join(proxy.folder, "data");
  const files = existsSync(data) ? readdirSync(data, { recursive: true, encoding: "utf8" }) : [];
  const written = files
    .map((name) => join(data, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, "latin1")] as const);
  const told = [...answers, ["its output", proxy.output()] as const, ...written];
  const leaks = told.flatMap(([place, text]) =>
    secrets.some((secret) => text.includes(secret)) ? [place] : [],
  );
  rmSync(proxy.folder, { recursive: true, force: true });
  return { code, leaks };
}

/** What a proxy that still runs answers; nothing of one that does not, or that lets nobody in. */
async function answersOf({ url, clusters }: RunningProxy): Promise<[string, string][]> {
  const ofClusters = clusters.flatMap((id) =>
    ["upgrade/status", "history", "notes", "runs/latest.json", "runs/latest.md"].map(
      (what) => `/api/clusters/${id}/${what}`,
    ),
  );
  const paths = ["/api/clusters", "/api/lanes", "/metrics", "/readyz", ...ofClusters];
  const answers = await Promise.all(
    paths.map(async (path): Promise<[string, string] | null> => {
      try {
        const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(5000) });
        return [path, `${JSON.stringify([...response.headers])}${await response.text()}`];
      } catch {
        // A test may have ended the proxy, or left it stopped.
        return null;
      }
    }),
  );
  return answers.filter((answer) => answer !== null);
}

function configurationOf(
  options: Pick<ProxyOptions, "clusters" | "more">,
  folder: string,
): Record<string, unknown> {
  return {
    data: "./data",
    poll: { active: "1s", idle: "1s", timeout: "2s" },
    ...options.more,
    clusters: options.clusters.map(({ id, cluster, more }) => {
      const tokenFile = join(folder, `${id}.token`);
      writeFileSync(tokenFile, `${cluster.token}\n`, { mode: 0o600 });
      const auth = cluster.token === "" ? {} : { auth: { tokenFile } };
      return {
        id,
        nodes: cluster.urls,
        ...auth,
        tls: { fingerprint256: cluster.fingerprint256 },
        ...more,
      };
    }),
  };
}
