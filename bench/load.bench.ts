/** How fast pages come up, and what a page with a long history costs after that. */
import { rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { test } from "../e2e/fixtures.ts";
import { slowDown, slowed, slowdown } from "./browserWork.ts";
import { dayEnd, writeDay } from "./day.ts";
import { report } from "./figures.ts";
import { answeredAtMs, largestContentMs, noteOf, slowLink } from "./load.ts";
import { variedFleet } from "./variedFleet.ts";

const loads = 7;
const polls = 40;
/** Until what follows a load is over. */
const settleMs = 5000;
const id = "lon-prod-1";
const viewport = { width: 1920, height: 1080 };

test("wall with 12 clusters: first load", async ({ browser, pretend, watch }) => {
  const fleet = await variedFleet({ pretend, watch }, 12);
  const words: number[] = [];
  const live: number[] = [];
  const largest: number[] = [];
  for (let load = 0; load < loads; load += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await withFreshPage(browser, async (page) => {
      const wordMs = await noteOf(page, ".wall-headline");
      const liveMs = await noteOf(page, "[data-cluster]:not([data-live])");
      await slowLink(page);
      await page.goto(`${fleet.proxy.url}/wall`);
      words.push(await wordMs());
      live.push(await liveMs());
      // What is larger may still come, and is not looked for from outside before.
      await wait(settleMs);
      largest.push(await largestContentMs(page));
    });
  }
  const what = "first load of the wall with 12 clusters";
  const how = `nothing cached; Chromium's slow 4G (1.5 Mbit/s, 560 ms a request) and processor slowed ${slowdown}×`;
  report({
    what: `${what}: largest content`,
    unit: "ms",
    values: largest,
    target: { of: "median", below: 1600 },
    how,
  });
  report({ what: `${what}: a cluster's words`, unit: "ms", values: words, target: null, how });
  report({ what: `${what}: a live tile`, unit: "ms", values: live, target: null, how });
  fleet.end();
});

test("cluster page with 24 h of history", async ({ browser, pretend, watch }) => {
  const cluster = await pretend({ situation: dayEnd });
  const data = await writeDay(id, cluster.urls[0] ?? "");
  const proxy = await watch({ clusters: [{ id, cluster }], more: { data } });
  const charts: number[] = [];
  for (let load = 0; load < loads; load += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await withFreshPage(browser, async (page) => {
      const chart = await noteOf(page, "figure[aria-label='Progress'] svg path");
      await page.goto(`${proxy.url}/clusters/${id}`);
      const chartMs = await chart();
      charts.push(chartMs - (await answeredAtMs(page, "/history")));
      if (load === loads - 1) {
        await reportPolls(page);
      }
    });
  }
  report({
    what: "cluster page with 24 h of history: data → chart on screen",
    unit: "ms",
    values: charts,
    target: { of: "median", below: 1000 },
    how: `from the last byte of the history to the chart, its code included; processor slowed ${slowdown}×`,
  });
  await proxy.stop();
  rmSync(data, { recursive: true, force: true });
});

async function reportPolls(page: Page): Promise<void> {
  const what = "cluster page with 24 h of history";
  const slow = await slowed(page);
  await wait(settleMs);
  await slow.longTasks();
  const values = await slow.perPoll(polls, (path) => path.endsWith("/upgrade/status"));
  const long = await slow.longTasks();
  report({
    what: `${what}: main thread per poll`,
    unit: "ms",
    values,
    target: { of: "median", below: 25 },
    how: `all tasks of the main thread from one answer to the next; processor slowed ${slowdown}×`,
  });
  report({
    what: `${what}: tasks of 50 ms and more in ${polls} polls`,
    unit: "",
    values: [long.length],
    target: { of: "most", atMost: 0 },
    how: `nothing changes meanwhile but the time; the longest took ${Math.round(Math.max(0, ...long))} ms`,
  });
}

/** A page whose browser has kept nothing, its processor slowed. */
async function withFreshPage(
  browser: Browser,
  measure: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport, locale: "en-GB" });
  const page = await context.newPage();
  await slowDown(await context.newCDPSession(page));
  await measure(page);
  await context.close();
}
