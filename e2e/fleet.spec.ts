/** The fleet's page: found, filtered, grouped, shared by its address, and smooth with very many clusters. */
import type { Locator } from "@playwright/test";
import { usualSettings } from "../src/simulator/situation.ts";
import type { RunningProxy } from "./proxy.ts";
import { expect, expectAccessible, type Stage, test } from "./fixtures.ts";

/** Two waves: one fails, one waits, one prepares, one is idle. */
async function twoWaves({
  pretend,
  watch,
}: Pick<Stage, "pretend" | "watch">): Promise<RunningProxy> {
  const manual = { ...usualSettings, auto_commit: false };
  const [failed, waiting, preparing, idle] = await Promise.all([
    pretend({
      situation: {
        state: "UPGRADE_STATE_PREPARING",
        progress: 37,
        settings: usualSettings,
        errorInfo: "Disk 4 is gone",
      },
    }),
    pretend({ situation: { state: "UPGRADE_STATE_PREPARED", settings: manual } }),
    pretend({
      situation: { state: "UPGRADE_STATE_PREPARING", progress: 5, settings: usualSettings },
    }),
    pretend({}),
  ]);
  return watch({
    clusters: [
      { id: "fra", cluster: failed, more: { name: "Frankfurt", labels: { wave: "2" } } },
      { id: "lon", cluster: waiting, more: { name: "London", labels: { wave: "2" } } },
      { id: "dub", cluster: preparing, more: { name: "Dublin", labels: { wave: "2" } } },
      { id: "tor", cluster: idle, more: { name: "Toronto", labels: { wave: "10" } } },
    ],
  });
}

test("a fleet is searched, filtered and grouped, and its address holds it all", async ({
  page,
  pretend,
  watch,
}) => {
  const proxy = await twoWaves({ pretend, watch });
  await page.goto(`${proxy.url}/`);
  const table = page.getByRole("table", { name: "Clusters" });
  const names = table.getByRole("rowheader").getByRole("link");
  await expect(names).toHaveText(["Frankfurt", "London", "Dublin", "Toronto"]);
  await expect(table.getByRole("img", { name: /Preparing from \d\d:\d\d/ }).first()).toBeVisible();

  await page.getByRole("searchbox").fill("disk gone");
  await expect(names).toHaveText(["Frankfurt"]);
  await expect(page.getByText("1 of 4 clusters")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();

  const counts = page.getByRole("list", { name: "Clusters by situation" });
  await counts.getByRole("button", { name: /Waits for you/ }).click();
  await counts.getByRole("button", { name: /Idle/ }).click();
  await expect(names).toHaveText(["London", "Toronto"]);
  await expect(page).toHaveURL(/verdict=waiting%2Cidle/);

  await page.getByLabel("Group").selectOption("wave");
  await expect(table.getByRole("rowheader", { name: /wave 2/i })).toContainText(
    "0 of 3 upgraded to 7.2.3 · 1 failed or not answering · 1 waits for you · 1 running",
  );
  await page.locator("summary", { hasText: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Expected" }).uncheck();
  await expect(table.getByRole("columnheader", { name: "Expected" })).toHaveCount(0);
  await expectAccessible(page);

  const shared = page.url();
  await page.goto(`${proxy.url}/?q=nowhere`);
  await expect(page.getByText("nothing fits the search and filters")).toBeVisible();
  await page.goto(shared);
  await expect(names).toHaveText(["London", "Toronto"]);
  await expect(table.getByRole("columnheader", { name: "Expected" })).toHaveCount(0);
});

test("of three hundred clusters only those in sight are drawn, and all can be reached", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const ids = Array.from({ length: 300 }, (_, index) => `c${String(index).padStart(3, "0")}`);
  const proxy = await watch({
    clusters: ids.map((id) => ({ id, cluster })),
    more: { poll: { active: "10s", idle: "10s", timeout: "10s" } },
  });
  await page.goto(`${proxy.url}/`);
  const table = page.getByRole("table", { name: "Clusters" });
  await expect(page.getByText("300 clusters")).toBeVisible();
  // Those that were not heard yet stand before the others, and change their places when they are.
  const counts = page.getByRole("list", { name: "Clusters by situation" });
  await expect(counts.getByRole("button", { name: /^300\s*Idle$/ })).toBeVisible();
  await expect(table.getByRole("link", { name: "c000" })).toBeVisible();
  await expect.poll(() => table.getByRole("row").count()).toBeLessThan(60);
  await expect(table).toHaveAttribute("aria-rowcount", "301");
  // What is in sight stays where it is when the rows above it are drawn no more.
  const links = table.getByRole("rowheader").getByRole("link");
  await page.evaluate(() => scrollTo(0, 1200));
  await expect(table.getByRole("link", { name: "c000" })).toHaveCount(0);
  const inSight = table.getByRole("link", { name: (await links.last().textContent()) ?? "" });
  const first = (await links.first().textContent()) ?? "";
  const before = await pageTop(inSight);
  await page.evaluate(() => scrollBy(0, 300));
  await expect(table.getByRole("link", { name: first })).toHaveCount(0);
  expect(await pageTop(inSight)).toBeCloseTo(before, 1);

  // Rows that were measured before they were heard are higher than they are now: the end may move while it is sought.
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(table.getByRole("link", { name: "c299" })).toBeInViewport({ timeout: 2000 });
  }).toPass();
  await expect(table.getByRole("row", { name: /c299/ })).toHaveAttribute("aria-rowindex", "301");
});

/** How far from the page's top it stands. */
function pageTop(place: Locator): Promise<number> {
  return place.evaluate((element) => element.getBoundingClientRect().top + scrollY);
}
