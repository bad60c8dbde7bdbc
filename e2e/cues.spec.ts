/** A change of verdict draws notice, with manners: title, badge, and what a screen asked for. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const failing = {
  state: "UPGRADE_STATE_PREPARING",
  progress: 37,
  errorInfo: "Not enough space on node 2",
} as const;

/** Records what the page sounds and shows on the desktop. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    globalThis.OscillatorNode = class extends OscillatorNode {
      public override start(when?: number): void {
        told.push("tone");
        super.start(when);
      }
    };
    globalThis.Notification = class extends Notification {
      public constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        told.push(title);
      }
    };
  });
  return async () =>
    await page.evaluate(() => {
      const told: unknown = Reflect.get(globalThis, "told");
      return Array.isArray(told) ? told.map(String) : [];
    });
}

const badge = (page: Page) => page.locator('link[rel="icon"]');

test("a failure marks title and badge, sounds and notifies where that is wanted, until acknowledged", async ({
  page,
  context,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster, more: { name: "One" } },
      { id: "two", cluster: await pretend(), more: { name: "Two" } },
    ],
  });
  await context.grantPermissions(["notifications"], { origin: proxy.url });
  const told = await listen(page);
  await page.goto(proxy.url);
  await expect(page).toHaveTitle("Fleet · Upgrade Watch");
  await expect(badge(page)).toHaveAttribute("href", /favicon\.svg$/);
  await page.getByRole("button", { name: "Sound" }).click();
  await page.getByRole("button", { name: "Notifications" }).click();
  await expect.poll(told).toEqual(["tone"]);

  await cluster.set(failing);
  await expect(page).toHaveTitle("Failed: One · Fleet · Upgrade Watch");
  await expect(badge(page)).toHaveAttribute("href", /favicon-act\.svg$/);
  await expect.poll(told).toHaveLength(5);
  expect((await told()).filter((word) => word !== "tone")).toEqual([
    expect.stringMatching(/^One: Failed/),
  ]);

  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);
  // Acknowledged is not over: title and badge go with the cause, and another tab of this screen knows of it.
  await expect(page).toHaveTitle("Failed: One · Fleet · Upgrade Watch");
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page).toHaveTitle("Failed · One · Upgrade Watch");
  await expect(page.getByRole("button", { name: "Sound" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);

  await cluster.set({ errorInfo: null });
  await expect(page).toHaveTitle("One · Upgrade Watch");
  await expect(badge(page)).toHaveAttribute("href", /favicon\.svg$/);
});

test("the title of a fleet whose server is lost counts nothing that was", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  const [one, two] = [await pretend(), await pretend()];
  await one.set(failing);
  await two.set(failing);
  const proxy = await watch({
    clusters: [
      { id: "one", cluster: one },
      { id: "two", cluster: two },
    ],
  });
  await page.goto(proxy.url);
  await expect(page).toHaveTitle("2 need someone · Fleet · Upgrade Watch");
  await proxy.kill();
  await expect(page).toHaveTitle("Not updating · Fleet · Upgrade Watch");
});

for (const { name, query, motion, flashes } of [
  { name: "flashes its tile", query: "", motion: "no-preference", flashes: true },
  {
    name: "stays still when it is quiet",
    query: "?quiet",
    motion: "no-preference",
    flashes: false,
  },
  { name: "stays still where motion is unwelcome", query: "", motion: "reduce", flashes: false },
] as const) {
  test(`a wall told of a failure ${name}`, async ({ page, pretend, watch }) => {
    await page.emulateMedia({ reducedMotion: motion });
    await page.addInitScript(() => {
      addEventListener("animationstart", ({ animationName, target }) => {
        if (animationName === "flash" && target instanceof Element) {
          target.setAttribute("data-flashed", "");
        }
      });
    });
    const cluster = await pretend();
    const proxy = await watch({ clusters: [{ id: "one", cluster, more: { name: "One" } }] });
    await page.goto(`${proxy.url}/wall${query}`);
    await expect(page).toHaveTitle(/^Wall/);
    await cluster.set(failing);
    await expect(page).toHaveTitle(/^Failed: One/);
    await expect(page.locator("[data-flashed]")).toHaveCount(flashes ? 1 : 0);
    // It is over by itself, so that the next one can begin.
    await expect(page.locator("[data-flash]")).toHaveCount(0, { timeout: 15_000 });
    const acknowledge = page.getByRole("button", { name: "Acknowledge" });
    await expect(acknowledge).toHaveCount(query === "" ? 1 : 0);
    await page.keyboard.press("a");
    await expect(acknowledge).toHaveCount(0);
  });
}
