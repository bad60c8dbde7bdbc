/**
 * Upgrade Watch as it is shipped, on the soak's clock. It is started as the program is, with one argument more at the end:
 * its {@link SoakOrders}. Whoever connects to its socket is told what the process uses.
 */
import { readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { loadConfiguration } from "../../src/proxy/configurationFile.ts";
import { lateNs } from "../../src/proxy/loopDelay.ts";
import { readOptions } from "../../src/proxy/options.ts";
import { run } from "../../src/proxy/run.ts";
import { createSoakClock } from "./clock.ts";
import { ordersSchema, type ProcessFigures } from "./figures.ts";

const orders = ordersSchema.parse(JSON.parse(process.argv.at(-1) ?? ""));
const options = readOptions(process.argv.slice(2, -1));
if (options.kind !== "run") {
  throw new Error(`These are no options to run with: ${process.argv.join(" ")}`);
}
process.on("SIGXFSZ", () => undefined);

const resolutionMs = 10;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();
// Garbage comes and goes by tens of MB: once in a while is not often enough to see how high it goes, nor what stays.
const rssEveryMs = 500;
let [leastRss, mostRss] = [Infinity, 0];
setInterval(() => {
  const rss = process.memoryUsage.rss();
  [leastRss, mostRss] = [Math.min(leastRss, rss), Math.max(mostRss, rss)];
}, rssEveryMs).unref();

rmSync(orders.socket, { force: true });
createServer((socket) => {
  socket.on("error", () => socket.destroy());
  socket.end(JSON.stringify(figures()));
})
  .listen(orders.socket)
  .unref();

const load = () => loadConfiguration(options, process.env, process.cwd());
const loaded = await load();
if (!loaded.ok) {
  throw new Error(loaded.faults.join("\n"));
}
const clock = createSoakClock(orders.time, orders.uptimeMs);
await run(loaded.configuration, { load, isDataNamed: false, clock });

function figures(): ProcessFigures {
  const p99Ms = lateNs(delay.percentile(99), resolutionMs) / 1e6;
  // What is not collected yet is no leak.
  globalThis.gc?.();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  delay.reset();
  const [least, most] = [Math.min(leastRss, rss), Math.max(mostRss, rss)];
  [leastRss, mostRss] = [Infinity, 0];
  return {
    leastRss: least,
    mostRss: most,
    heapUsed,
    external: external + arrayBuffers,
    files: process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0,
    resources: process.getActiveResourcesInfo().filter((kind) => kind !== "Timeout").length,
    timers: process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length,
    loopP99Ms: Number.isFinite(p99Ms) ? p99Ms : 0,
  };
}
