import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { historySchema } from "../src/contract/spans.ts";
import type { ManualCluster } from "../src/simulator/manualCluster.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { clustersOf, codesOf, progressOf } from "./disk.ts";
import { expect, test } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

const id = "lon-prod-1";
const preparing = { state: "UPGRADE_STATE_PREPARING", settings: usualSettings };
/** Longer than the program takes to try again. */
const patience = { timeout: 30_000 };

/** Below a limit on the size of files, which is what a full disk or a used-up quota looks like; only the first start. */
function onFullDisk() {
  let starts = 0;
  return (command: readonly string[]): readonly string[] => {
    starts += 1;
    return starts > 1 ? command : ["bash", "-c", `ulimit -S -f 150; exec "$@"`, "bash", ...command];
  };
}

/** With a disk that can be made to hang. */
const onSlowDisk = (command: readonly string[]): readonly string[] => [
  "env",
  `NODE_OPTIONS=--import=${pathToFileURL(resolve("e2e/slowDisk.mjs")).href}`,
  ...command,
];

/** Each span's percent, or its kind where there is none. */
async function outlineOf(proxy: RunningProxy): Promise<readonly (string | number | null)[]> {
  const reply = await fetch(`${proxy.url}/api/clusters/${id}/history`);
  const { spans } = historySchema.parse(await reply.json());
  return spans.map((span) => (span.kind === "status" ? span.status.progress : span.kind));
}

test.skip(process.platform !== "linux", "these limits are Linux's");

/** Lets it hear long error texts, each with another percent, until the disk is full. @returns the last percent */
async function fillDisk(cluster: ManualCluster, proxy: RunningProxy): Promise<number> {
  let progress = 0;
  // oxlint-disable no-await-in-loop
  while (!(await codesOf(proxy)).includes("history-degraded")) {
    progress += 1;
    await cluster.set({ progress, errorInfo: `${progress} `.repeat(8_000) });
    await expect.poll(() => progressOf(proxy), patience).toBe(progress);
  }
  // oxlint-enable no-await-in-loop
  return progress;
}

test("a full disk leaves the live view alone, is said on the page, and loses nothing once it has room", async ({
  pretend,
  watch,
  page,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 0 } });
  const proxy = await watch({ clusters: [{ id, cluster }], through: onFullDisk() });
  await expect.poll(() => progressOf(proxy), patience).toBe(0);
  const files = () => readdirSync(join(proxy.folder, "data"));
  const before = files();
  const full = await fillDisk(cluster, proxy);
  await page.goto(`${proxy.url}/clusters/${id}`);
  await expect(
    page.getByText(/is not being saved: the disk .* Not saved since \d{4}-/),
  ).toBeVisible();
  const last = full + 2;
  for (const progress of [full + 1, last]) {
    // oxlint-disable-next-line no-await-in-loop
    await cluster.set({ progress });
    // oxlint-disable-next-line no-await-in-loop
    await expect.poll(() => progressOf(proxy), patience).toBe(progress);
  }
  await expect(page.getByRole("status", { name: "Freshness" })).toContainText("Live");
  await page.close();

  execFileSync("prlimit", ["--pid", String(proxy.processId()), "--fsize=unlimited"]);
  await expect.poll(() => codesOf(proxy), patience).toEqual([]);
  expect(files()).toEqual(before);
  await proxy.kill();
  await proxy.restart();
  const all = [...Array(last + 1).keys(), "unobserved", last];
  await expect.poll(() => outlineOf(proxy), patience).toEqual(all);
});

test("a program on a full disk stops when it is asked to, with code 0", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 0 } });
  const proxy = await watch({ clusters: [{ id, cluster }], through: onFullDisk() });
  await fillDisk(cluster, proxy);
  expect(await proxy.stop()).toBe(0);
  expect(proxy.output()).toContain("was not closed cleanly: the disk");
});

test("a log that can't be written, because its disk is full, does not end the program", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const proxy = await watch({
    clusters: [{ id, cluster }],
    through: (command) => ["bash", "-c", 'exec "$@" 2>/dev/full', "bash", ...command],
  });
  await cluster.behave("refused");
  await expect
    .poll(async () => (await clustersOf(proxy)).clusters[0]?.link, patience)
    .toBe("outage");
  await cluster.behave("answering");
  await expect
    .poll(async () => (await clustersOf(proxy)).clusters[0]?.link, patience)
    .toBe("answering");
});

test("a data folder that this user may not write leaves the live view alone, and is taken into use once he may", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const proxy = await watch({
    clusters: [{ id, cluster }],
    through: (command, folder) => {
      mkdirSync(join(folder, "data"), { mode: 0o500 });
      if (process.getuid?.() !== 0) {
        return command;
      }
      // The superuser may write everywhere, so this is for another one.
      execFileSync("chown", ["-R", "65534:65534", folder]);
      return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ...command];
    },
  });
  await expect.poll(() => progressOf(proxy), patience).toBe(1);
  const [notice] = (await clustersOf(proxy)).notices;
  expect(notice?.code).toBe("history-degraded");
  expect(notice?.message).toContain("can't be opened: this user may not write there.");
  expect(proxy.output()).toContain("this user may not write there");
  await cluster.set({ progress: 2 });
  await expect.poll(() => progressOf(proxy), patience).toBe(2);

  const data = join(proxy.folder, "data");
  chmodSync(data, 0o700);
  await expect.poll(() => codesOf(proxy), patience).toEqual([]);
  expect(existsSync(join(data, "history.sqlite"))).toBe(true);
  await expect.poll(() => outlineOf(proxy), patience).toEqual([1, 2]);
});

test("a data folder that is removed is made anew, with what is in memory, and that is told", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const proxy = await watch({ clusters: [{ id, cluster }] });
  await expect.poll(() => progressOf(proxy), patience).toBe(1);
  rmSync(join(proxy.folder, "data"), { recursive: true });
  await cluster.set({ progress: 2 });
  await expect.poll(() => codesOf(proxy), patience).toEqual(["history-removed"]);
  expect(proxy.output()).toContain("was removed while it was in use");
  expect(statSync(join(proxy.folder, "data")).mode % 0o1000).toBe(0o700);
  await expect.poll(() => progressOf(proxy), patience).toBe(2);
  await proxy.restart();
  await expect.poll(() => outlineOf(proxy), patience).toEqual([1, 2, "unobserved", 2]);
});

test("a disk that hangs for seconds holds up neither polls nor page, and nothing is lost", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const proxy = await watch({ clusters: [{ id, cluster }], through: onSlowDisk });
  await expect.poll(() => progressOf(proxy), patience).toBe(1);
  writeFileSync(join(proxy.folder, "hang"), "");
  const percents = [2, 3, 4];
  for (const progress of percents) {
    // oxlint-disable-next-line no-await-in-loop
    await cluster.set({ progress });
    // oxlint-disable-next-line no-await-in-loop
    await expect.poll(() => progressOf(proxy), patience).toBe(progress);
  }
  await expect.poll(() => codesOf(proxy), patience).toEqual(["history-degraded"]);
  expect(proxy.output()).toContain("is not being saved: the disk takes longer than 250 ms.");
  rmSync(join(proxy.folder, "hang"));
  await expect.poll(() => codesOf(proxy), patience).toEqual([]);
  await proxy.restart();
  await expect.poll(() => outlineOf(proxy), patience).toEqual([1, ...percents, "unobserved", 4]);
});

test("a disk that never answers again does not keep the program from stopping", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const proxy = await watch({ clusters: [{ id, cluster }], through: onSlowDisk });
  await expect.poll(() => progressOf(proxy), patience).toBe(1);
  execFileSync("mkfifo", [join(proxy.folder, "hang")]);
  await cluster.set({ progress: 2 });
  await expect.poll(() => codesOf(proxy), patience).toEqual(["history-degraded"]);
  // Nothing but the end of the process ends a thread that is inside the system, so it can't end with code 0.
  expect(await proxy.stop()).toBeNull();
});

test("asked to stop, it saves what it served and ends with code 0, though requests and clusters hang", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const hanging = await pretend({ situation: { behaviour: "hang" } });
  const proxy = await watch({
    clusters: [
      { id, cluster },
      { id: "hanging", cluster: hanging },
    ],
  });
  await expect.poll(() => progressOf(proxy), patience).toBe(1);
  await expect.poll(() => hanging.requests.length, patience).toBeGreaterThan(0);
  const { hostname, port } = new URL(proxy.url);
  const half = connect(Number(port), hostname);
  half.on("error", () => undefined);
  half.write("GET /api/clusters HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  const idle = httpRequest(`${proxy.url}/healthz`, { headers: { expect: "100-continue" } });
  idle.on("error", () => undefined);
  idle.flushHeaders();
  await cluster.set({ progress: 2 });
  await expect.poll(() => progressOf(proxy), patience).toBe(2);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await proxy.stop(signal)).toBe(0);
    // oxlint-disable-next-line no-await-in-loop
    await proxy.restart();
    // oxlint-disable-next-line no-await-in-loop
    await expect.poll(async () => (await outlineOf(proxy)).slice(0, 2), patience).toEqual([1, 2]);
  }
  half.destroy();
  idle.destroy();
});
