/** Months on end: what a browser gathers must not grow with the polls. `POLLS=2000` makes it five times as many. */
import type { CDPSession, Page } from "@playwright/test";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

/** Makes the page's timers run faster, so that it asks as often as it can; what it asks and shows is unchanged. */
const hurry = (): void => {
  const { setTimeout: later, setInterval: often } = globalThis;
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms = 0) => later(run, ms / 40),
    setInterval: (run: () => void, ms = 0) => often(run, ms / 40),
  });
};

type Figures = { readonly heapBytes: number; readonly nodes: number; readonly listeners: number };

async function figuresOf(session: CDPSession): Promise<Figures> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (wanted: string): number =>
    metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  return {
    heapBytes: value("JSHeapUsedSize"),
    nodes: value("Nodes"),
    listeners: value("JSEventListeners"),
  };
}

/** Resolves once the page has got so many answers more. */
function answers(page: Page, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const hear = (response: { url: () => string }): void => {
      left -= response.url().includes("/api/clusters") ? 1 : 0;
      if (left <= 0) {
        page.off("response", hear);
        resolve();
      }
    };
    page.on("response", hear);
  });
}

const pollsEach = Number(process.env["POLLS"] ?? 300);

for (const path of ["/wall", "/wall/one"]) {
  test(`${path}: heap, document and listeners stay as they are over a thousand polls and more`, async ({
    page,
    pretend,
    watch,
  }) => {
    test.setTimeout(60_000 + pollsEach * 400);
    await page.addInitScript(hurry);
    const cluster = await pretend({
      situation: { state: "UPGRADE_STATE_PREPARING", progress: 10, settings: usualSettings },
    });
    const other = await pretend();
    const proxy = await watch({
      clusters: [
        { id: "one", cluster },
        { id: "two", cluster: other },
      ],
    });
    await page.goto(`${proxy.url}${path}`);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const seen: Figures[] = [];
    for (const progress of [20, 30, 40, 50, 60]) {
      await answers(page, pollsEach);
      await cluster.set({ progress });
      await expect(page.getByText(new RegExp(`\\b${progress}\\s%`)).first()).toBeVisible();
      seen.push(await figuresOf(session));
    }
    // The first ones warm up: code is compiled, caches fill.
    const [, early, ...later] = seen;
    const last = later.at(-1);
    await test.info().attach("figures", { body: JSON.stringify(seen) });
    expect(last?.nodes).toBeLessThanOrEqual((early?.nodes ?? 0) + 20);
    expect(last?.listeners).toBeLessThanOrEqual((early?.listeners ?? 0) + 2);
    const grownBytes = (last?.heapBytes ?? Infinity) - (early?.heapBytes ?? 0);
    // An answer has more than a kilobyte: were each kept, this would be many times as much.
    expect(grownBytes / (3 * pollsEach), "bytes a poll").toBeLessThan(300);
  });
}
