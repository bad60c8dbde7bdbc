/** What one scrape by Prometheus costs at a thousand clusters. */
import { expect, test } from "../e2e/fixtures.ts";
import { report } from "./figures.ts";

const clusters = 1000;
const scrapes = 30;
const pretended = 10;

test("one scrape of 1,000 clusters", async ({ pretend, watch }) => {
  const all = await Promise.all(
    Array.from({ length: pretended }, () => pretend({ token: "bench-token" })),
  );
  const proxy = await watch({
    clusters: all.flatMap((cluster, index) =>
      Array.from({ length: clusters / pretended }, (_, id) => ({
        id: `c-${index}-${id}`,
        cluster,
      })),
    ),
    more: { poll: { active: "5s", idle: "5s", timeout: "5s" } },
  });
  const isReady = async () => (await fetch(`${proxy.url}/readyz`)).status;
  await expect.poll(isReady, { timeout: 60_000 }).toBe(200);
  const tookMs: number[] = [];
  let length = 0;
  for (let scrape = 0; scrape < scrapes; scrape += 1) {
    // Longer than one text lasts, so that each is made anew.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    const startedAt = performance.now();
    // oxlint-disable-next-line no-await-in-loop
    const response = await fetch(`${proxy.url}/metrics`, {
      headers: { "accept-encoding": "identity" },
    });
    // oxlint-disable-next-line no-await-in-loop
    length = (await response.text()).length;
    tookMs.push(performance.now() - startedAt);
  }
  report({
    what: "/metrics of 1,000 clusters: one scrape",
    unit: "ms",
    values: tookMs,
    target: { of: "p95", below: 250 },
    how: "from the request to the last byte, each text made anew",
  });
  report({
    what: "/metrics of 1,000 clusters: its length",
    unit: "kB",
    values: [length / 1000],
    target: null,
    how: "not compressed",
  });
});
