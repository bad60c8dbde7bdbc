/** For everyone: by keyboard alone, in a screen reader, on a narrow screen, at twice the size, without motion. */
import type { Page } from "@playwright/test";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, expectAccessible, type Stage, test } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

/** Two clusters, one of them in the middle of things and with everything that a configuration can say of it. */
async function staged({ pretend, watch }: Pick<Stage, "pretend" | "watch">): Promise<RunningProxy> {
  const busy = await pretend({
    nodes: 2,
    situation: {
      state: "UPGRADE_STATE_PREPARED",
      progress: 100,
      settings: { ...usualSettings, auto_commit: false },
    },
  });
  const failed = await pretend({
    situation: {
      state: "UPGRADE_STATE_PREPARING",
      progress: 37,
      settings: usualSettings,
      errorInfo: "not enough space",
    },
  });
  return await watch({
    clusters: [
      {
        id: "busy",
        cluster: busy,
        more: {
          name: "A cluster with the longest name allowed, in full",
          runbook: "https://wiki.example/upgrade",
          contact: "storage on call",
          ticket: "CHG0031337",
          window: { end: "2026-11-23T16:00:00Z" },
        },
      },
      { id: "failed", cluster: failed, more: { name: "Frankfurt archive" } },
    ],
  });
}

const pages = [
  "/",
  "/clusters/busy",
  "/clusters/failed",
  "/wall",
  "/wall/busy",
  "/clusters/nobody",
];

async function settled(page: Page, path: string): Promise<void> {
  const words =
    path === "/clusters/nobody"
      ? /no cluster|not configured|not watched/i
      : /Waits for you|Failed at 37 %/;
  await expect(page.getByText(words).first()).toBeVisible();
  // The wall's first picture says the same words, and is replaced while it is looked at.
  await expect(page.getByText(/^Not live/)).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** What makes the document wider than the screen, if anything does. */
function whatSticksOut(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = [...document.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 1,
  );
  return scrollWidth > clientWidth ? wide.map(({ outerHTML }) => outerHTML.slice(0, 120)) : [];
}

for (const theme of ["dark", "light"] as const) {
  test(`axe finds nothing on any page, ${theme}`, async ({
    page,
    pretend,
    watch,
    allowConsole,
  }) => {
    allowConsole(/404 .*nobody/);
    const proxy = await staged({ pretend, watch });
    for (const path of pages) {
      await test.step(path, async () => {
        await page.goto(`${proxy.url}${path}?theme=${theme}`);
        await settled(page, path);
        await expectAccessible(page);
      });
    }
  });
}

for (const [name, width, height] of [
  ["on a screen of 390 pixels", 390, 844],
  ["at twice the size on a small laptop", 640, 400],
] as const) {
  test(`nothing needs a sideways scroll ${name}, and axe finds nothing`, async ({
    page,
    pretend,
    watch,
  }) => {
    await page.setViewportSize({ width, height });
    const proxy = await staged({ pretend, watch });
    for (const path of ["/", "/clusters/busy", "/clusters/failed"]) {
      await test.step(path, async () => {
        await page.goto(`${proxy.url}${path}`);
        await settled(page, path);
        await expect.poll(() => page.evaluate(whatSticksOut), "what sticks out").toEqual([]);
        await expectAccessible(page);
      });
    }
  });
}

test("the timeline is walked through by arrow keys, one tab stop, each band by its name", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend({});
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  const timeline = page.getByRole("region", { name: "State timeline" });
  await expect(timeline.getByRole("button", { name: /^Idle, / })).toBeVisible();
  await cluster.set({ state: "UPGRADE_STATE_PREPARING", progress: 12, settings: usualSettings });
  await expect(timeline.getByRole("button", { name: /^Preparing, / })).toBeVisible();
  await cluster.set({ state: "UPGRADE_STATE_COMMITTING" });
  const committing = timeline.getByRole("button", { name: /^Committing, .* to now, / });
  await expect(committing).toBeVisible();

  const stops = timeline.getByRole("group", { name: /States/ }).locator("[tabindex='0']");
  await expect(stops).toHaveCount(1);
  await stops.focus();
  await page.keyboard.press("End");
  await expect(committing).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(timeline.getByRole("button", { name: /^Preparing, / })).toBeFocused();
  await page.keyboard.press("Home");
  await expect(timeline.getByRole("button", { name: /^Not observed, / })).toBeFocused();
});

test("timeline and chart are tables to whoever asks", async ({ page, pretend, watch }) => {
  const cluster = await pretend({
    situation: { state: "UPGRADE_STATE_PREPARING", progress: 12, settings: usualSettings },
  });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByRole("figure", { name: "Progress" })).toContainText("12 %");
  await page.getByText("Show as tables").click();
  const tables = page.getByRole("region", { name: "State timeline" }).getByRole("table");
  await expect(tables.first()).toContainText("Preparing");
  await expect(tables.filter({ hasText: "12 %" }).first()).toBeVisible();
});

test("the fleet's rows are reached by keyboard, and the skip link comes first", async ({
  page,
  pretend,
  watch,
}) => {
  const proxy = await staged({ pretend, watch });
  await page.goto(`${proxy.url}/`);
  await settled(page, "/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: /skip/i })).toBeFocused();
  await page.getByRole("link", { name: "Frankfurt archive" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/clusters\/failed$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Failed at 37 %");
});

test("theme, zone and range are kept in the address or on this screen", async ({
  page,
  pretend,
  watch,
}) => {
  const proxy = await staged({ pretend, watch });
  await page.goto(`${proxy.url}/clusters/failed?range=1h&zone=utc&theme=light`);
  await settled(page, "/clusters/failed");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(page.getByRole("button", { name: "1 h" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "15 m" }).click();
  await expect(page).toHaveURL(/range=15m/);
  await page.reload();
  await expect(page.getByRole("button", { name: "15 m" })).toHaveAttribute("aria-pressed", "true");
});
