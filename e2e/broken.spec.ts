/** A fault of our own in a part of the page: it stays in its part, and heals. */
import type { Page } from "@playwright/test";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";

const preparing = (progress: number) => ({
  state: "UPGRADE_STATE_PREPARING",
  progress,
  settings: usualSettings,
});
const percent = (page: Page, value: number) =>
  page.getByText(new RegExp(`\\b${value}\\s%`)).first();

/** From now on whatever touches this text while it draws breaks. */
async function poison(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const replace = Reflect.get(String.prototype, "replace");
    Reflect.defineProperty(String.prototype, "replace", {
      value: function poisoned(this: string, ...given: readonly unknown[]): unknown {
        if (this.includes("POISON")) {
          throw new Error("A poisoned text.");
        }
        return Reflect.apply(replace, this, given);
      },
    });
  });
}

for (const path of ["/wall", "/"]) {
  test(`${path}: one cluster that can't be drawn costs only its own place, and comes back`, async ({
    page,
    pretend,
    watch,
    allowConsole,
  }) => {
    allowConsole(/A poisoned text/);
    await poison(page);
    const one = await pretend({ situation: preparing(10) });
    const two = await pretend();
    const proxy = await watch({
      clusters: [
        { id: "one", cluster: one, more: { name: "One" } },
        { id: "two", cluster: two, more: { name: "Two" } },
      ],
    });
    await page.goto(`${proxy.url}${path}`);
    await expect(percent(page, 10)).toBeVisible();
    await two.set({ state: "POISON" });
    const broken =
      path === "/"
        ? page.getByRole("row", { name: /^Two/ })
        : page.getByRole("article", { name: "Two" });
    await expect(broken).toContainText("A poisoned text.");
    await expect(broken).toContainText("POISON");
    await expectAccessible(page);
    await one.set({ progress: 20 });
    await expect(percent(page, 20)).toBeVisible();
    await expect(page.locator("html[data-live=true]")).toBeAttached();
    await two.set({ state: "UPGRADE_STATE_IDLE" });
    await expect(broken).toContainText("Idle", { timeout: 30_000 });
    await expect(broken).not.toContainText("poisoned");
  });
}

test("a page that broke as a whole counts down and loads itself anew, but not into a dead server", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/Broken on purpose|ERR_CONNECTION_REFUSED|Failed to load resource/);
  await page.addInitScript(() => {
    const toSorted = Reflect.get(Array.prototype, "toSorted");
    Reflect.defineProperty(Array.prototype, "toSorted", {
      value: function breakable(this: unknown, ...given: readonly unknown[]): unknown {
        if (Reflect.get(globalThis, "isBroken") === true) {
          throw new Error("Broken on purpose.");
        }
        return Reflect.apply(toSorted, this, given);
      },
    });
  });
  let loads = 0;
  page.on("load", () => {
    loads += 1;
  });
  const one = await pretend({ situation: preparing(10) });
  const two = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster: one },
      { id: "two", cluster: two },
    ],
  });
  await page.clock.install();
  await page.goto(`${proxy.url}/wall`);
  await expect(percent(page, 10)).toBeVisible();
  await page.evaluate(() => Object.assign(globalThis, { isBroken: true }));
  await one.set({ progress: 20 });
  await expect(page.getByRole("alert")).toContainText("Nothing here is current");
  await expect(page.getByText(/loads itself anew in \d+ s/)).toBeVisible();
  await expectAccessible(page);

  await proxy.kill();
  await page.clock.fastForward(31_000);
  await expect(page.getByText("The server did not answer.")).toBeVisible();
  await page.clock.fastForward(31_000);
  expect(loads).toBe(1);

  await proxy.restart();
  await page.clock.fastForward(31_000);
  await expect(percent(page, 20)).toBeVisible();
  expect(loads).toBe(2);

  // It breaks again soon: now it waits for twice as long.
  await page.evaluate(() => Object.assign(globalThis, { isBroken: true }));
  await one.set({ progress: 30 });
  await expect(page.getByText(/loads itself anew in (60|5\d) s/)).toBeVisible();
});
