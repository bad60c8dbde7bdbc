/** How fast a page comes up, for a browser with a slow processor behind a slow link. */
import type { Page } from "@playwright/test";

/** As Chromium's own tools slow a link down for "Slow 4G": kB/s, and what each request waits. */
const slow4G = { downloadThroughput: 184_320, uploadThroughput: 86_400, latency: 562.5 };

/** Slows the link of a page down from now on. */
export async function slowLink(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { ...slow4G, offline: false });
}

/** Milliseconds from the navigation until the largest content so far was painted. */
export async function largestContentMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(list.getEntries().at(-1)?.startTime ?? 0);
        }).observe({ type: "largest-contentful-paint", buffered: true });
      }),
  );
}

/**
 * Milliseconds from the last byte of an answer to the frame in which an element is there. To be called before the page
 * is opened.
 *
 * @param path how the path of the answer ends
 */
export async function watchFor(
  page: Page,
  path: string,
  selector: string,
): Promise<() => Promise<number>> {
  await page.addInitScript((wanted) => {
    const look = (): void => {
      if (document.querySelector(wanted) === null) {
        requestAnimationFrame(look);
      } else {
        performance.mark("wanted is there");
      }
    };
    requestAnimationFrame(look);
  }, selector);
  return async () => {
    await page.waitForFunction(() => performance.getEntriesByName("wanted is there").length > 0);
    return page.evaluate((end) => {
      const there = performance.getEntriesByName("wanted is there")[0]?.startTime ?? 0;
      const answer = performance
        .getEntriesByType("resource")
        .find(({ name }) => new URL(name).pathname.endsWith(end));
      return answer instanceof PerformanceResourceTiming ? there - answer.responseEnd : Number.NaN;
    }, path);
  };
}
