/** What the pages over many clusters cost the browser, its processor slowed as on an old wall display. */
import { setTimeout as wait } from "node:timers/promises";
import { test } from "../e2e/fixtures.ts";
import { scrolledFrames, slowed, slowdown } from "./browserWork.ts";
import { report } from "./figures.ts";
import { variedFleet } from "./variedFleet.ts";

// A wall moves as it does for people.
test.use({ contextOptions: { reducedMotion: "no-preference" } });

const polls = 40;
/** Until what follows a load is over. */
const settleMs = 5000;
const isFleetPoll = (path: string): boolean => path === "/api/clusters";
const how = `all tasks of the main thread from one answer to the next, everything that ticks included; processor slowed ${slowdown}×`;

for (const { name, clusters, path, belowMs } of [
  { name: "wall with 12 clusters", clusters: 12, path: "/wall", belowMs: 20 },
  { name: "fleet page with 1,000 clusters", clusters: 1000, path: "/", belowMs: 50 },
]) {
  test(name, async ({ page, pretend, watch }) => {
    const fleet = await variedFleet({ pretend, watch }, clusters);
    await page.goto(`${fleet.proxy.url}${path}`);
    await page.getByText("Prepared").first().waitFor({ timeout: 60_000 });
    const slow = await slowed(page);
    await wait(settleMs);
    await slow.longTasks();
    const began = performance.now();
    const values = await slow.perPoll(polls, isFleetPoll);
    const seconds = (performance.now() - began) / 1000;
    const long = await slow.longTasks();
    const target = { of: "median", below: belowMs } as const;
    report({ what: `${name}: main thread per poll`, unit: "ms", values, target, how });
    report({
      what: `${name}: main thread in a second`,
      unit: "ms",
      values: [values.reduce((sum, value) => sum + value, 0) / seconds],
      target: null,
      how: `the same over the time that ${polls} polls took, ${(polls / seconds).toFixed(1)} in a second`,
    });
    report({
      what: `${name}: tasks of 50 ms and more in ${polls} polls`,
      unit: "",
      values: [long.length],
      target: clusters === 12 ? { of: "most", atMost: 0 } : null,
      how: `after the load; the longest took ${Math.round(Math.max(0, ...long))} ms`,
    });
    if (path === "/") {
      report({
        what: "fleet page with 1,000 clusters: frame while scrolling",
        unit: "ms",
        values: await scrolledFrames(page),
        target: { of: "p95", atMost: 50 },
        how: `from one frame to the next while a wheel scrolls 12,000 px; processor slowed ${slowdown}×`,
      });
    }
    fleet.end();
  });
}
