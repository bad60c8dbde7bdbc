/** Verdicts are told apart by their shapes alone: in greyscale, and by eyes that see less of colour. */
import type { Page } from "@playwright/test";
import { states } from "../../src/upgrade/status.ts";
import { verdictFaces } from "../../src/upgrade/verdictFace.ts";
import { verdicts } from "../../src/upgrade/verdictNames.ts";
import { expect, test } from "../fixtures.ts";
import { serveFleet } from "./serve.ts";
import { writtenFleet } from "./written.ts";

/** One cluster for each face: a verdict's own, or that of a state that is run through. */
const ids = verdicts.flatMap((verdict) =>
  verdict === "running" ? ["preparing", "committing", "committed", "rebooting"] : verdict,
);
const sights = ["achromatopsia", "deuteranopia", "protanopia", "tritanopia"] as const;
/** Of the pixels that two shapes cover, those that only one of them does: below this they look the same. */
const apartShare = 0.25;

type Box = { readonly x: number; readonly y: number; readonly width: number };
/** Which pixels a shape covers, by cluster. */
type Shapes = readonly (readonly [id: string, covered: readonly boolean[]])[];

async function boxOf(page: Page, id: string): Promise<readonly [string, Box]> {
  const box = await page.locator(`article[data-cluster=${id}] .wall-headline svg`).boundingBox();
  if (box === null) {
    throw new Error(`${id} has no shape on screen.`);
  }
  return [id, box];
}

/** Runs in the page: reads a screenshot by what is nearer to the lightest than to the darkest pixel of each shape. */
async function readShapes(given: {
  readonly screenshot: string;
  readonly boxes: readonly (readonly [string, Box])[];
}): Promise<Shapes> {
  const side = 64;
  const bytes = Uint8Array.from(atob(given.screenshot), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  return given.boxes.map(([id, { x, y, width }]) => {
    const context = new OffscreenCanvas(side, side).getContext("2d");
    context?.drawImage(image, x, y, width, width, 0, 0, side, side);
    const pixels = context?.getImageData(0, 0, side, side).data ?? new Uint8ClampedArray();
    const shades = Array.from({ length: side * side }, (_, at) => {
      const [red = 0, green = 0, blue = 0] = pixels.slice(4 * at, 4 * at + 3);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    const [darkest, lightest] = [Math.min(...shades), Math.max(...shades)];
    const isSeen = lightest - darkest > 60;
    return [id, shades.map((shade) => isSeen && shade > (darkest + lightest) / 2)] as const;
  });
}

function shareApart(one: readonly boolean[], other: readonly boolean[]): number {
  const either = one.filter((covered, at) => covered || other[at] === true).length;
  const apart = one.filter((covered, at) => covered !== other[at]).length;
  return either === 0 ? 0 : apart / either;
}

test("every verdict and state has a shape of its own, without colour and to eyes that see less of it", async ({
  page,
  noise,
}) => {
  const faces = new Set<string>(Object.values(verdictFaces).map(({ shape }) => shape));
  Object.values(states).forEach(({ shape }) => faces.add(shape));
  expect(ids, "a cluster for every shape there is").toHaveLength(faces.size);
  const shown = writtenFleet.filter(({ id }) => ids.includes(id));
  const server = await serveFleet(shown, (id) => id);
  noise.origins.add(new URL(server.url).origin);
  try {
    await page.setViewportSize({ width: 1920, height: 1080 });
    const cdp = await page.context().newCDPSession(page);
    // Smaller than for five metres, so that all of them are on one page.
    await page.goto(`${server.url}wall?zoom=0.6`);
    await expect(page.locator("article")).toHaveCount(ids.length);
    // A tile's hatch would tell two like shapes apart.
    await page.locator("article").evaluateAll((tiles) => {
      for (const tile of tiles.filter((each) => each instanceof HTMLElement)) {
        tile.style.backgroundImage = "none";
      }
    });
    const boxes = await Promise.all(ids.map((id) => boxOf(page, id)));
    for (const type of sights) {
      // oxlint-disable-next-line no-await-in-loop
      await cdp.send("Emulation.setEmulatedVisionDeficiency", { type });
      // oxlint-disable-next-line no-await-in-loop
      const screenshot = (await page.screenshot()).toString("base64");
      // oxlint-disable-next-line no-await-in-loop
      const shapes = await page.evaluate(readShapes, { screenshot, boxes });
      const unseen = shapes.filter(([, covered]) => !covered.includes(true));
      expect(unseen, `shapes that are not seen with ${type}`).toEqual([]);
      const alike = shapes.flatMap(([one, covered], at) =>
        shapes
          .slice(at + 1)
          .filter(([, other]) => shareApart(covered, other) < apartShare)
          .map(([other, also]) => `${one} and ${other}: ${shareApart(covered, also).toFixed(2)}`),
      );
      expect(alike, `shapes that look the same with ${type}`).toEqual([]);
    }
  } finally {
    await server.close();
  }
});
