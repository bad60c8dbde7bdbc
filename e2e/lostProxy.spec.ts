/** Our own server dies: no page may let its last picture pass for a fresh one. */
import { startCluster as startScenario } from "../src/simulator/cluster.ts";
import { expect, test } from "./fixtures.ts";

const lostWords = /Not updating since \d\d:\d\d:\d\d/;

for (const path of ["/", "/clusters/one", "/wall", "/wall/one"]) {
  test(`${path} says so, drains its colours, and recovers alone`, async ({
    page,
    pretend,
    watch,
    allowConsole,
  }) => {
    allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
    const cluster = await pretend();
    const second = await pretend();
    const proxy = await watch({
      clusters: [
        { id: "one", cluster, more: { name: "One" } },
        { id: "two", cluster: second, more: { name: "Two" } },
      ],
    });
    await page.goto(`${proxy.url}${path}`);
    await expect(page.getByText("Idle").first()).toBeVisible();
    await expect(page.getByText(lostWords)).toHaveCount(0);
    await expect(page.locator("[data-live=false]")).toHaveCount(0);

    await proxy.kill();
    await expect(page.getByText(lostWords).first()).toBeVisible();
    await expect(page.locator("[data-live=false]").first()).toBeAttached();
    await expect(page.getByText(/^was: Idle/).first()).toBeVisible();

    await proxy.restart();
    await expect(page.getByText(lostWords)).toHaveCount(0);
    await expect(page.getByText(/^was/)).toHaveCount(0);
    await expect(page.locator("[data-live=false]")).toHaveCount(0);
  });
}

test("a server that dies while a part of the page is on its way takes no more than that part", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to load resource/);
  const cluster = await pretend();
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.route(
    /HeaderButtons/,
    async (route) => {
      await proxy.kill();
      await route.abort();
    },
    { times: 1 },
  );
  await page.goto(proxy.url);
  await expect(page.getByText(/^Not updating/).first()).toBeVisible();
  await proxy.restart();
  await expect(page.getByText(/^Not updating/)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Upgrades" }).first()).toBeVisible();
});

test("a forecast goes with the server that made it", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  const cluster = await startScenario({ scenario: "instant", speed: 4, headStartMs: 121_000 });
  try {
    const proxy = await watch({
      clusters: [
        { id: "one", cluster },
        { id: "two", cluster: await pretend() },
      ],
    });
    await page.goto(`${proxy.url}/clusters/one`);
    const forecast = page.locator("path[stroke-dasharray='2 5']");
    await expect(forecast).toHaveAttribute("d", /^M/, { timeout: 40_000 });
    await proxy.kill();
    await expect(page.getByText(lostWords).first()).toBeVisible();
    await expect(forecast).not.toHaveAttribute("d", /./);
    await proxy.restart();
  } finally {
    await cluster.stop();
  }
});
