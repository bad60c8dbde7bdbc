/** What changed while nobody looked at a page. */
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

test("who comes back is told what changed meanwhile, on the pages and never on a wall", async ({
  page,
  pretend,
  watch,
  request,
}) => {
  const preparing = { state: "UPGRADE_STATE_PREPARING", progress: 5, settings: usualSettings };
  const cluster = await pretend({ situation: preparing });
  const other = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster, more: { name: "One" } },
      { id: "two", cluster: other, more: { name: "Two" } },
    ],
  });
  const since = page.getByRole("region", { name: "Since you last looked" });
  const looked = () => page.evaluate(() => localStorage.getItem("looked") ?? "");
  await page.goto(`${proxy.url}/clusters/one`);
  await expect.poll(looked).toContain("cluster one");
  await expect(page.getByRole("region", { name: "State timeline" })).toContainText("Preparing");
  await expect(since).toHaveCount(0);
  await page.goto(proxy.url);
  await expect.poll(looked).toContain("fleet");

  // The same browser, ten minutes later.
  await page.goto(`${proxy.url}/wall`);
  await page.evaluate(() => {
    const earlier = (localStorage.getItem("looked") ?? "").replace(/\d{13}/g, (text) =>
      String(Number(text) - 600_000),
    );
    localStorage.setItem("looked", earlier);
  });
  await cluster.set({ state: "UPGRADE_STATE_PREPARED", errorInfo: "no space left on node 3" });
  await expect
    .poll(async () => (await request.get(`${proxy.url}/api/clusters/one/upgrade/status`)).text())
    .toContain("no space left");

  await page.goto(`${proxy.url}/clusters/one`);
  await expect(since).toContainText("Preparing → Prepared");
  await expect(since).toContainText("Error reported no space left on node 3");
  await expect(page.getByRole("status", { name: "Since you last looked" })).toHaveText(
    "Since you last looked, 2 changes; they are listed on the page.",
  );
  await page.goto(proxy.url);
  await expect(since).toContainText("One Preparing → Prepared");
  await expect(since).not.toContainText("Two");
  await page.goto(`${proxy.url}/wall`);
  await expect(page.getByRole("article", { name: "One" })).toBeVisible();
  await expect(since).toHaveCount(0);
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByRole("region", { name: "State timeline" })).toContainText("Prepared");
  await expect(since).toHaveCount(0);
});
