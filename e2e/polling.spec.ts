/** What stops the polling of other dashboards without a sign must not stop ours. */
import type { Page } from "@playwright/test";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

const preparing = (progress: number) => ({
  state: "UPGRADE_STATE_PREPARING",
  progress,
  settings: usualSettings,
});

const percent = (page: Page, value: number) => page.getByText(`${value} %`).first();

test("a browser that thinks it is offline goes on", async ({ page, pretend, watch }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "onLine", { get: () => false });
  });
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(percent(page, 10)).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await cluster.set({ progress: 20 });
  await expect(percent(page, 20)).toBeVisible();
});

test("a hidden tab goes on, through failed polls too", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  await page.addInitScript(() => {
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    Object.defineProperty(document, "hidden", { get: () => true });
  });
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(percent(page, 10)).toBeAttached();
  await proxy.kill();
  await expect(page.getByText(/Not updating since/).first()).toBeAttached();
  await expect(percent(page, 10)).toBeAttached();
  await cluster.set({ progress: 20 });
  await proxy.restart();
  await expect(percent(page, 20)).toBeAttached();
});

test("a server that hangs is told, and the page goes on when it does", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_ABORTED|Failed to load resource/);
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(percent(page, 10)).toBeVisible();
  proxy.pause();
  await expect(page.getByText(/Not updating since/).first()).toBeVisible();
  await expect(page.getByText(/10 %/).first()).toBeVisible();
  proxy.resume();
  await expect(page.getByText(/Not updating since/)).toHaveCount(0);
  await cluster.set({ progress: 20 });
  await expect(percent(page, 20)).toBeVisible();
});

test("however many pages are open, a cluster is asked once an interval", async ({
  context,
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  for (const path of ["/clusters/one", "/wall", "/wall/one", "/"]) {
    const page = await context.newPage();
    await page.goto(`${proxy.url}${path}`);
    await expect(percent(page, 10)).toBeVisible();
  }
  const statuses = () => cluster.requests.filter(({ path }) => path === "/v3/upgrade/status");
  const before = statuses().length;
  const from = Date.now();
  await expect.poll(() => statuses().length, { timeout: 30_000 }).toBeGreaterThan(before + 5);
  // Never faster than once a second, whatever the machine does; how much slower is not for a test to say.
  const elapsedSeconds = (Date.now() - from) / 1000;
  expect(statuses().length - before).toBeLessThanOrEqual(Math.ceil(elapsedSeconds) + 1);
});
