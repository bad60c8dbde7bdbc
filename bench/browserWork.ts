/** What a page costs the browser's main thread, as the browser itself counts it. */
import type { CDPSession, Page } from "@playwright/test";

/** The processor of a wall display of some years ago, against the one that this runs on. */
export const slowdown = 6;

/** A page whose processor is slowed. */
export type SlowedPage = {
  /** Milliseconds of the main thread from each answer to the next, so many times. */
  readonly perPoll: (polls: number, isPoll: (url: string) => boolean) => Promise<number[]>;
  /** The tasks of 50 ms and more since this was asked last, in milliseconds. */
  readonly longTasks: () => Promise<number[]>;
};

/** Slows a page down from now on; what it does before is not counted. */
export async function slowed(page: Page): Promise<SlowedPage> {
  const session = await page.context().newCDPSession(page);
  // The thread's own time: what else the machine does at the moment is not the page's.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await slowDown(session);
  await page.evaluate(() => {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        performance.mark("long task", { detail: duration });
      }
    }).observe({ type: "longtask" });
  });
  return {
    perPoll: async (polls, isPoll) => {
      const values: number[] = [];
      const answer = (): Promise<unknown> =>
        page.waitForResponse((response) => isPoll(new URL(response.url()).pathname));
      await answer();
      let before = await taskMs(session);
      for (let poll = 0; poll < polls; poll += 1) {
        // oxlint-disable-next-line no-await-in-loop
        await answer();
        // oxlint-disable-next-line no-await-in-loop
        const now = await taskMs(session);
        values.push(now - before);
        before = now;
      }
      return values;
    },
    longTasks: () =>
      page.evaluate(() => {
        const marks = performance.getEntriesByName("long task");
        performance.clearMarks("long task");
        return marks.map((mark) => ("detail" in mark ? Number(mark.detail) : 0));
      }),
  };
}

/** Slows the processor down for a session's page. */
export async function slowDown(session: CDPSession): Promise<void> {
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
}

/** Milliseconds that the main thread has worked since the page began. */
async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}

const wheelSteps = 60;
const wheelPx = 200;

/** Milliseconds from each frame to the next while a page is scrolled by the wheel. */
export async function scrolledFrames(page: Page): Promise<number[]> {
  await page.mouse.move(400, 500);
  const frames = page.evaluate(
    (steps) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        let scrolled = 0;
        addEventListener("scroll", () => (scrolled += 1), { passive: true });
        const look = (now: number): void => {
          gaps.push(now - last);
          last = now;
          if (scrolled < steps) {
            requestAnimationFrame(look);
          } else {
            resolve(gaps);
          }
        };
        requestAnimationFrame(look);
      }),
    wheelSteps / 2,
  );
  for (let step = 0; step < wheelSteps; step += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await page.mouse.wheel(0, wheelPx);
  }
  return frames;
}
