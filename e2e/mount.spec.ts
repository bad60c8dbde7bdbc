import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { usualSettings } from "../src/simulator/situation.ts";
import { codesOf, progressOf } from "./disk.ts";
import { expect, test } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

const preparing = { state: "UPGRADE_STATE_PREPARING", settings: usualSettings };
const patience = { timeout: 30_000 };
const namespace = ["--user", "--map-root-user", "--mount"];

/** With a file system of its own as the data folder, which only it and its children see. */
const onOwnDisk =
  (options: string) =>
  (command: readonly string[], folder: string): readonly string[] => {
    const data = join(folder, "data");
    const mount = `mkdir -p "${data}" && mount -t tmpfs -o ${options} tmpfs "${data}" && exec "$@"`;
    return ["unshare", ...namespace, "sh", "-c", mount, "sh", ...command];
  };

/** How the data folder of a proxy is reached from outside of its namespace. */
function dataOf(proxy: RunningProxy): string {
  return join(`/proc/${proxy.processId()}/root`, proxy.folder, "data");
}

function canMount(): boolean {
  try {
    execFileSync("unshare", [...namespace, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

test.beforeEach(() => {
  // Some systems forbid namespaces to all but the superuser; the limits in disk.spec.ts need no rights at all.
  test.skip(!canMount(), "this user may not mount a file system");
});

test("a file system that is full leaves the live view alone, and is written again once it has room", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const proxy = await watch({
    clusters: [{ id: "one", cluster }],
    through: onOwnDisk("size=2m"),
  });
  await expect.poll(() => progressOf(proxy), patience).toBe(1);
  const filler = join(dataOf(proxy), "filler");
  expect(() => {
    for (;;) {
      appendFileSync(filler, Buffer.alloc(4_096));
    }
  }).toThrow("ENOSPC");
  await cluster.set({ progress: 2, errorInfo: "long ".repeat(3_000) });
  await expect.poll(() => progressOf(proxy), patience).toBe(2);
  await expect.poll(() => codesOf(proxy), patience).toEqual(["history-degraded"]);
  expect(proxy.output()).toContain("is not being saved: the disk");
  rmSync(filler);
  await expect.poll(() => codesOf(proxy), patience).toEqual([]);
});

test("a file system that is read-only at the start leaves the live view alone, and is taken into use once it is not", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { ...preparing, progress: 1 } });
  const proxy = await watch({ clusters: [{ id: "one", cluster }], through: onOwnDisk("ro") });
  await expect.poll(() => progressOf(proxy), patience).toBe(1);
  expect(await codesOf(proxy)).toEqual(["history-degraded"]);
  expect(proxy.output()).toContain("it can't be opened: the disk is read-only");
  const remount = ["mount", "-o", "remount,rw", join(proxy.folder, "data")];
  execFileSync("nsenter", ["-t", String(proxy.processId()), "--user", "--mount", ...remount]);
  await expect.poll(() => codesOf(proxy), patience).toEqual([]);
});
