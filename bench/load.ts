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
 * Has a page note when an element is there, in the frame that shows it. To be called before the page is opened. The page
 * tells of it by itself, for whoever looks for an element from outside runs a script of his own on the thread that is
 * measured.
 *
 * @returns waits for the moment, in milliseconds from the navigation
 */
export async function noteOf(page: Page, selector: string): Promise<() => Promise<number>> {
  const words = `${selector} is there at`;
  const told = page.waitForEvent("console", {
    predicate: (message) => message.text().startsWith(words),
    timeout: 60_000,
  });
  await page.addInitScript(
    ({ wanted, words }) => {
      const observer = new MutationObserver(() => {
        if (document.querySelector(wanted) !== null) {
          observer.disconnect();
          // oxlint-disable-next-line no-console
          requestAnimationFrame(() => console.debug(`${words} ${performance.now()}`));
        }
      });
      observer.observe(document, {
        childList: true,
        subtree: true,
        attributes: true,
        attributeFilter: ["data-live"],
      });
    },
    { wanted: selector, words },
  );
  return async () => Number((await told).text().slice(words.length));
}

/** When the last byte of an answer came, in milliseconds from the navigation. @param path how its path ends */
export async function answeredAtMs(page: Page, path: string): Promise<number> {
  return page.evaluate((end) => {
    const answer = performance
      .getEntriesByType("resource")
      .find(({ name }) => new URL(name).pathname.endsWith(end));
    return answer instanceof PerformanceResourceTiming ? answer.responseEnd : Number.NaN;
  }, path);
}
