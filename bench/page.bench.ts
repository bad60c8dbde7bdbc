/** What the pages cost the browser, with its processor slowed as on an old wall display. */
import type { CDPSession, Page } from "@playwright/test";
import { test } from "../e2e/fixtures.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { report } from "./figures.ts";

const slowdown = 6;
const polls = 30;

const pages = [
  { name: "wall with 12 clusters", clusters: 12, path: "/wall", belowMs: 20 },
  { name: "fleet page with 1,000 clusters", clusters: 1000, path: "/", belowMs: 50 },
  { name: "cluster page", clusters: 1, path: "/clusters/c0", belowMs: 25 },
] as const;

for (const { name, clusters, path, belowMs } of pages) {
  test(`${name}, slowed ${slowdown}×`, async ({ page, pretend, watch }) => {
    const cluster = await pretend({
      situation: { state: "UPGRADE_STATE_PREPARING", progress: 1, settings: usualSettings },
    });
    const proxy = await watch({
      clusters: Array.from({ length: clusters }, (_, index) => ({ id: `c${index}`, cluster })),
    });
    await page.goto(`${proxy.url}${path}`);
    await page.getByText("1 %").first().waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await observeLongTasks(page);
    const values: number[] = [];
    let before = await taskMs(session);
    for (let poll = 0; poll < polls; poll += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await page.waitForResponse((response) => response.url().includes("/api/cluster"));
      const now = await taskMs(session);
      values.push(now - before);
      before = now;
    }
    report({
      what: `${name}, slowed ${slowdown}×: main thread a poll`,
      unit: "ms",
      values,
      target: { of: "median", below: belowMs },
      how: "all tasks of the page's main thread from one poll to the next",
    });
    const longest = await page.evaluate(() => performance.getEntriesByName("longest").length);
    process.stdout.write(`${name}: ${longest} long tasks in ${polls} polls\n`);
  });
}

/** Milliseconds that the main thread has worked since the page began. */
async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}

async function observeLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    new PerformanceObserver((list) => {
      for (const _ of list.getEntries()) {
        performance.mark("longest");
      }
    }).observe({ type: "longtask" });
  });
}
