/** What stands between a page and our server goes wrong: the page says so, keeps its picture, and recovers alone. */
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test as base } from "./fixtures.ts";
import { type Gateway, startGateway } from "./gateway.ts";
import type { RunningProxy } from "./proxy.ts";

const test = base.extend<{ readonly front: (proxy: RunningProxy) => Promise<Gateway> }>({
  front: async ({ noise }, provide) => {
    const running: Gateway[] = [];
    await provide(async (proxy) => {
      const gateway = await startGateway(proxy.url);
      noise.origins.add(gateway.url);
      running.push(gateway);
      return gateway;
    });
    await Promise.all(running.map((gateway) => gateway.stop()));
  },
});

const preparing = (progress: number) => ({
  state: "UPGRADE_STATE_PREPARING",
  progress,
  settings: usualSettings,
});

const lostWords = /Not updating since \d\d:\d\d:\d\d/;

for (const path of ["/clusters/one", "/wall"]) {
  for (const [treatment, title] of [
    ["silent", "a request that hangs"],
    ["headers-only", "headers without a body"],
    ["unavailable", "a 503 in plain text"],
  ] as const) {
    test(`${path}: ${title} is no answer`, async ({
      page,
      pretend,
      watch,
      front,
      allowConsole,
    }) => {
      allowConsole(/503|ERR_ABORTED|Failed to load resource/);
      const cluster = await pretend({ situation: preparing(10) });
      const other = await pretend();
      const proxy = await watch({
        clusters: [
          { id: "one", cluster },
          { id: "two", cluster: other },
        ],
      });
      const gateway = await front(proxy);
      await page.goto(`${gateway.url}${path}`);
      await expect(page.getByText(/\b10\s%/).first()).toBeVisible();

      gateway.treat(treatment);
      await expect(page.getByText(lostWords).first()).toBeVisible();
      await expect(page.locator("[data-live=false]").first()).toBeAttached();
      await expect(page.getByText(/\b10\s%/).first()).toBeVisible();
      const asked = gateway.paths.length;
      // It goes on asking all the while.
      await expect.poll(() => gateway.paths.length).toBeGreaterThan(asked);

      await cluster.set({ progress: 20 });
      gateway.treat("pass");
      // The question that hangs has its whole deadline to itself first.
      await expect(page.getByText(/\b20\s%/).first()).toBeVisible({ timeout: 20_000 });
      await expect(page.getByText(lostWords)).toHaveCount(0);
      await expect(page.locator("[data-live=false]")).toHaveCount(0);
    });
  }
}

test("an old answer that comes late never replaces a newer one, and is no news", async ({
  page,
  pretend,
  watch,
  front,
}) => {
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  const gateway = await front(proxy);
  await page.goto(`${gateway.url}/clusters/one`);
  await expect(page.getByText("10 %").first()).toBeVisible();
  gateway.keep();
  await cluster.set({ progress: 20 });
  await expect(page.getByText(/\b20\s%/).first()).toBeVisible();
  gateway.treat("replay");
  await expect(page.getByText(lostWords).first()).toBeVisible();
  await expect(page.getByText(/\b20\s%/).first()).toBeVisible();
  await expect(page.getByText("Preparing 10 %")).toHaveCount(0);
  gateway.treat("pass");
  await expect(page.getByText(lostWords)).toHaveCount(0);
});
