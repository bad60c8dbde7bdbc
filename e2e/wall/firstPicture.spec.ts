/** The wall before its code is there: what is on screen then must never pass for the present. */
import type { RunningProxy } from "../proxy.ts";
import { expect, type Stage, test } from "../fixtures.ts";

const soon = { timeout: 20_000 };

/** Two idle clusters. */
async function twoCities({
  pretend,
  watch,
}: Pick<Stage, "pretend" | "watch">): Promise<RunningProxy> {
  return watch({
    clusters: [
      { id: "one", cluster: await pretend(), more: { name: "London" } },
      { id: "two", cluster: await pretend(), more: { name: "Frankfurt" } },
    ],
  });
}

test("the wall's first picture says that it is not live, for as long as the code does not come", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/Failed to load resource|ERR_FAILED/);
  const proxy = await twoCities({ pretend, watch });
  await page.goto(`${proxy.url}/wall`);
  await expect(page.locator("[data-cluster]").getByText("Idle")).toHaveCount(2);
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.reload();
  await expect(page.getByText(/Not live yet: as of \d\d:\d\d:\d\d UTC/)).toBeVisible();
  await expect(page.getByRole("article")).toHaveText([
    /Frankfurt\s*was: Idle/,
    /London\s*was: Idle/,
  ]);
  await expect(page.locator(".wall")).toHaveAttribute("data-live", "false");
  await expect(page.getByText("Not live: the code of this page did not come")).toBeVisible(soon);

  await page.unroute("**/assets/*.js");
  await page.reload();
  await expect(page.locator("[data-cluster='one']")).toContainText("Idle");
  await expect(page.getByText("Not live")).toHaveCount(0);
});

test("the wall's first picture shows what its address asks for", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/Failed to load resource|ERR_FAILED/);
  const proxy = await twoCities({ pretend, watch });
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto(`${proxy.url}/wall?clusters=two&title=NOC`);
  await expect(page.getByRole("article")).toHaveText([/Frankfurt/]);
  await expect(page.getByRole("heading", { name: "NOC" })).toBeVisible();
  await page.goto(`${proxy.url}/wall?replay=2026-11-23T12:00:00Z`);
  await expect(page.getByText("asks the server")).toBeVisible();
  await expect(page.getByText("Not live")).toHaveCount(0);
});
