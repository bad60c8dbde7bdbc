/** The links between a cluster and the eye are told apart: which of them is broken is to be seen on the wall. */
import { expect, test } from "./fixtures.ts";

test("a lost cluster marks one tile, a lost server all of them, and the heartbeat is the server's", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  const one = await pretend();
  const two = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster: one, more: { name: "One" } },
      { id: "two", cluster: two, more: { name: "Two" } },
    ],
  });
  await page.goto(`${proxy.url}/wall`);
  const tile = (name: string) => page.getByRole("article", { name });
  const beat = page.locator(".heartbeat-pulse");
  const lost = page.getByText(/Not updating since \d\d:\d\d:\d\d/);
  await expect(tile("One")).toContainText("Idle");
  await expect(tile("One")).toContainText(/\d s ago/);
  await expect(beat).toHaveCount(1);

  await two.behave("refused");
  await expect(tile("Two")).toContainText("No answer");
  await expect(tile("One")).toContainText(/^One.*Idle/);
  await expect(tile("One")).not.toHaveAttribute("data-live", "false");
  await expect(lost).toHaveCount(0);
  await expect(beat).toHaveCount(1);

  await proxy.kill();
  await expect(lost).toBeVisible();
  await expect(tile("One")).toHaveAttribute("data-live", "false");
  await expect(tile("One")).toContainText("was: Idle");
  await expect(tile("Two")).toHaveAttribute("data-live", "false");
  await expect(beat).toHaveCount(0);

  await proxy.restart();
  await expect(lost).toHaveCount(0);
  await expect(tile("One")).not.toHaveAttribute("data-live", "false");
  await expect(beat).toHaveCount(1);
});

test("on a low display every tile keeps its state when the server is lost", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  await page.setViewportSize({ width: 1280, height: 400 });
  const preparing = { state: "UPGRADE_STATE_PREPARING", progress: 37 };
  const failed = await pretend({ situation: { ...preparing, errorInfo: "not enough space" } });
  const busy = await pretend({ situation: preparing });
  const idle = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster: failed, more: { name: "New York media and entertainment" } },
      { id: "two", cluster: busy, more: { name: "Frankfurt backup" } },
      { id: "three", cluster: idle, more: { name: "Tokyo" } },
    ],
  });
  await page.goto(`${proxy.url}/wall`);
  await expect(page.getByText(/Failed at 37\s%/)).toBeVisible();
  await proxy.kill();
  await expect(page.getByText(/Not updating since/)).toBeVisible();
  // A line that has no room wraps beyond the edge of its tile.
  const inside = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".wall-headline")].map((headline) => {
        const box = headline.getBoundingClientRect();
        const tile = headline.closest("article")?.getBoundingClientRect();
        return tile !== undefined && box.left < tile.right && box.bottom <= tile.bottom;
      }),
    );
  await expect.poll(inside).toEqual([true, true, true]);
});
