/** A wall is read from five metres: capitals are measured, and nothing is cut, covered or lost, whatever there is to say. */
import type { Page } from "@playwright/test";
import type { Listening } from "../../src/proxy/http/listen.ts";
import { expect, test } from "../fixtures.ts";
import { illegible } from "./measure.ts";
import { serveFleet } from "./serve.ts";
import { writtenFleet } from "./written.ts";

const sizes = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1080, height: 1920 },
  { width: 1280, height: 400 },
];
/** 48 graphemes each, which is all that a name may have. */
const longNames = [
  "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
  "東京映像制作保管庫".repeat(6).slice(0, 48),
  "Frankfurt media archive and disaster recovery 02",
  "🗄️🎬".repeat(24),
];
/** What walls of one are looked at with: the longest headlines and texts, each with another of the names. */
const alone = ["failed", "outage", "anomaly", "waiting", "away", "preparing", "unseen"];
const ids = writtenFleet.map(({ id }) => id);
const longName = (id: string): string => longNames[ids.indexOf(id) % longNames.length] ?? id;

/** Whether a wall of one has room for what was so far. */
const hasStory = ({ width, height }: { readonly width: number; readonly height: number }) =>
  width / height >= 4 / 3 ? height >= 640 : width / height <= 4 / 5 && height >= 1200;

/** Goes to an address of the page without loading it anew. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, "", to), path);
}

const tiles = (page: Page) => page.locator(".wall-grid > article");

/** Shows each of some clusters at least once, as few at a time as are asked for, and tells what can't be read. */
async function faultsOfWalls(page: Page, all: readonly string[]): Promise<readonly string[]> {
  const faults: string[] = [];
  let rest = all;
  while (rest.length > 0) {
    const some = rest.slice(0, 12);
    // oxlint-disable-next-line no-await-in-loop
    await goTo(page, `/wall?clusters=${some.join(",")}&title=Storage+upgrades`);
    // oxlint-disable-next-line no-await-in-loop
    const shown = await settledTiles(page, some);
    // oxlint-disable-next-line no-await-in-loop
    const found = await illegible(page);
    faults.push(...found.map((fault) => `${shown.join()}: ${fault}`));
    rest = rest.filter((id) => !shown.includes(id));
  }
  return faults;
}

/** Waits until only tiles of the given clusters are on screen. @returns the clusters that are */
async function settledTiles(page: Page, some: readonly string[]): Promise<readonly string[]> {
  let shown: readonly string[] = [];
  await expect
    .poll(async () => {
      shown = await tiles(page).evaluateAll((all) =>
        all.map((tile) => tile.getAttribute("data-cluster") ?? ""),
      );
      return shown.length > 0 && shown.every((id) => some.includes(id));
    })
    .toBe(true);
  return shown;
}

test("every word of a wall is legible at every size, with the longest names and texts, and once the server is lost", async ({
  page,
  noise,
  allowConsole,
}) => {
  test.setTimeout(120_000);
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  const server: Listening = await serveFleet(writtenFleet, longName);
  noise.origins.add(new URL(server.url).origin);
  const lost = page.getByText(/Not updating since/);
  const measureAll = async (): Promise<void> => {
    for (const size of sizes) {
      // oxlint-disable-next-line no-await-in-loop
      await test.step(`${size.width} × ${size.height}`, async () => {
        await page.setViewportSize(size);
        expect.soft(await faultsOfWalls(page, ids)).toEqual([]);
        for (const id of alone) {
          await goTo(page, `/wall/${id}`);
          await expect(page.locator(`article[data-cluster=${id}]`)).toBeVisible();
          if (!(await lost.isVisible()) && hasStory(size)) {
            await expect(page.getByRole("img", { name: /^Timeline:/ })).toBeVisible();
          }
          expect.soft(await illegible(page), id).toEqual([]);
        }
      });
    }
  };
  try {
    await page.goto(`${server.url}wall`);
    await expect(tiles(page).first()).toBeVisible();
    await measureAll();
  } finally {
    await server.close();
  }
  await expect(lost).toBeVisible();
  await measureAll();
  await expect(lost).toBeVisible();
});
