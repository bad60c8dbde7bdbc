/** A page that loads itself anew: only into a server that answers, never in a loop, never under someone's eyes. */
import { cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page, TestInfo } from "@playwright/test";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, type Stage, test } from "./fixtures.ts";

const preparing = (progress: number) => ({
  state: "UPGRADE_STATE_PREPARING",
  progress,
  settings: usualSettings,
});
const percent = (page: Page, value: number) =>
  page.getByText(new RegExp(`\\b${value}\\s%`)).first();
const lostWords = /Not updating since \d\d:\d\d:\d\d/;

/** Two clusters and a program; the first cluster prepares. */
async function staged({ pretend, watch }: Pick<Stage, "pretend" | "watch">, program?: string) {
  const cluster = await pretend({ situation: preparing(10) });
  const other = await pretend();
  const proxy = await watch({
    ...(program === undefined ? {} : { program }),
    clusters: [
      { id: "one", cluster, more: { name: "One" } },
      { id: "two", cluster: other, more: { name: "Two" } },
    ],
  });
  return { cluster, other, proxy };
}

/** Counts how often a page was loaded. */
function loadsOf(page: Page): () => number {
  let loads = 0;
  page.on("load", () => {
    loads += 1;
  });
  return () => loads;
}

/** Waits until the page has asked its server so many times more. */
async function polls(page: Page, count: number): Promise<void> {
  for (let poll = 0; poll < count; poll++) {
    await page.waitForResponse(/\/api\/clusters/);
  }
}

/** The built program in a place of its own, where a newer one can take its place. */
function ownBuild(info: TestInfo) {
  const folder = info.outputPath("dist");
  cpSync("dist", folder, { recursive: true });
  const index = join(folder, "page", "index.html");
  return {
    program: join(folder, "server", "upgrade-watch.js"),
    assets: join(folder, "page", "assets"),
    replace: () =>
      writeFileSync(index, readFileSync(index, "utf8").replace("</body>", "\n</body>")),
  };
}

test("a wall loads itself anew once a day, never into a dead server, never while someone is needed", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  const loads = loadsOf(page);
  const { cluster, other, proxy } = await staged({ pretend, watch });
  await page.clock.install();
  await page.goto(`${proxy.url}/wall?title=NOC`);
  await expect(percent(page, 10)).toBeVisible();
  await page.clock.fastForward("23:00:00");
  await polls(page, 3);
  expect(loads()).toBe(1);

  await other.set({ errorInfo: "not enough space" });
  await expect(page.getByText("Failed").first()).toBeVisible();
  await page.clock.fastForward("02:00:00");
  await polls(page, 3);
  expect(loads()).toBe(1);

  await proxy.kill();
  await other.set({ errorInfo: null });
  await expect(page.getByText(lostWords)).toBeVisible();
  await page.clock.fastForward("24:00:00");
  await expect(percent(page, 10)).toBeVisible();
  expect(loads()).toBe(1);

  await cluster.set({ progress: 20 });
  await proxy.restart();
  await expect.poll(loads, { timeout: 20_000 }).toBe(2);
  await expect(percent(page, 20)).toBeVisible();
  await expect(page.getByRole("heading", { name: "NOC" })).toBeVisible();
  await polls(page, 3);
  expect(loads()).toBe(2);
});

test("for a newer version a wall loads itself anew once, when no one is needed, and a page offers it", async ({
  page,
  context,
  pretend,
  watch,
  allowConsole,
}, info) => {
  allowConsole(
    /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to load resource/,
  );
  const build = ownBuild(info);
  const { other, proxy } = await staged({ pretend, watch }, build.program);
  const admin = await context.newPage();
  const wallLoads = loadsOf(page);
  const adminLoads = loadsOf(admin);
  await page.goto(`${proxy.url}/wall`);
  await admin.goto(`${proxy.url}/clusters/one`);
  await expect(percent(page, 10)).toBeVisible();
  await expect(percent(admin, 10)).toBeVisible();
  await other.set({ errorInfo: "not enough space" });
  await expect(page.getByText("Failed").first()).toBeVisible();

  build.replace();
  await proxy.restart();
  const offer = admin.getByRole("status", { name: "New version" });
  await expect(offer).toContainText("A newer version of Upgrade Watch is installed.");
  await expect(page.getByText("Failed").first()).toBeVisible();
  await polls(page, 3);
  expect(wallLoads()).toBe(1);

  await other.set({ errorInfo: null });
  await expect.poll(wallLoads, { timeout: 20_000 }).toBe(2);
  await expect(percent(page, 10)).toBeVisible();
  await polls(page, 3);
  expect(wallLoads()).toBe(2);

  expect(adminLoads()).toBe(1);
  await offer.getByRole("button", { name: "Load it" }).click();
  await expect(percent(admin, 10)).toBeVisible();
  await expect(offer).toBeEmpty();
  expect(adminLoads()).toBe(2);
});

test("a part whose code is gone costs one reload, and then says so", async ({
  page,
  pretend,
  watch,
  allowConsole,
}, info) => {
  allowConsole(/Failed to load resource|Failed to fetch dynamically imported module/);
  const build = ownBuild(info);
  const { proxy } = await staged({ pretend, watch }, build.program);
  const loads = loadsOf(page);
  await page.goto(`${proxy.url}/`);
  await expect(percent(page, 10)).toBeVisible();
  const manifest = readFileSync(join(build.assets, "..", ".vite", "manifest.json"), "utf8");
  const name = /assets\/(ClusterPage-[^"]+\.js)/.exec(manifest)?.[1] ?? "";
  const file = join(build.assets, name);
  renameSync(file, `${file}.gone`);
  await proxy.restart();

  await page.getByRole("link", { name: "One" }).click();
  await expect(page.getByRole("alert")).toContainText("This page broke");
  expect(loads()).toBe(2);
  await expect(page).toHaveURL(/\/clusters\/one$/);

  renameSync(`${file}.gone`, file);
  await proxy.restart();
  await page.getByRole("button", { name: "Load it now" }).click();
  await expect(percent(page, 10)).toBeVisible();
});
