/**
 * The wall as it was when the page was sent, drawn by a script in the page itself while all other code is still on its
 * way. It is no live picture and never looks like one: it is grey, in the past tense, and says so in words. The page
 * draws over it once its code is there.
 */
import type * as z from "zod/mini";
import type { changesSchema } from "../../../contract/changes.ts";
import { allClustersPath, firstAnswerId } from "../../../contract/firstAnswer.ts";
import { faceOf } from "../../../upgrade/verdictFace.ts";
import { byAttention } from "../../shell/order.ts";
import { pastHeadline } from "../../shell/past.ts";
import { tileSpace, wordPx } from "../layout.ts";
import { pageOf, turnsOf } from "../pages.ts";
import { meantBy, wallParameters } from "../parameters.ts";
import { sizesOf, type TileSizes } from "../tile/fit.ts";
import { legibleLayout, textsOf } from "../tile/texts.ts";
import { figureOf, headlineOf, unbroken } from "../tile/tile.ts";

/** After so long nobody waits for the code any more. */
const latestMs = 10_000;

/** What the picture is drawn from, as it stands in the page. */
type Sent = Pick<z.input<typeof changesSchema>, "clusters" | "now">;
type SentCluster = Sent["clusters"][number];

/** Draws the picture of an answer in place of all that is in an element. */
export function drawFirstPicture(root: HTMLElement, { clusters, now }: Sent): void {
  const address = wallParameters(location.search);
  const shown = byAttention(meantBy(address, clusters));
  const grid = made("div", "wall-grid");
  const time = `${now.slice(11, 19)} UTC`;
  const words = made("strong", "", [`Not live yet: as of ${time}`]);
  const title = address.title || "Upgrade Watch";
  const wall = made("div", "wall", [
    made("div", "wall-picture", [
      made("header", "flex items-center justify-between", [
        made("h1", "font-semibold", [title]),
        made("p", "text-[1.6em] leading-none", [words]),
      ]),
      made("main", "relative flex min-h-0 flex-1 flex-col", [grid]),
      made("footer", "text-muted", ["\u00a0"]),
    ]),
  ]);
  wall.dataset["theme"] = "wall";
  wall.dataset["live"] = "false";
  wall.style.setProperty("--zoom", String(address.zoom));
  root.replaceChildren(wall);
  fill(grid, shown, address.zoom);
  setTimeout(() => {
    words.textContent = `Not live: the code of this page did not come. As of ${time}`;
  }, latestMs);
}

/** Lays the tiles out as the page itself will. */
function fill(grid: HTMLElement, shown: readonly SentCluster[], zoom: number): void {
  const word = wordPx({ width: innerWidth, height: innerHeight }, zoom);
  const space = { width: grid.clientWidth, height: grid.clientHeight };
  const layout = legibleLayout(shown.map(textsOf), space, word, zoom);
  const { columns, rows } = layout;
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  grid.style.gridTemplateRows = `repeat(${rows}, minmax(0, 1fr))`;
  const { tiles } = pageOf(turnsOf(shown, columns * rows), 0);
  grid.append(
    ...tiles.map((facts) =>
      tile(facts, sizesOf(textsOf(facts), tileSpace(layout, space, word), word)),
    ),
  );
}

function tile(facts: SentCluster, { line, headline }: TileSizes): HTMLElement {
  const words = headlineOf(facts.headline).headline;
  const said = unbroken(facts.state === null ? words : pastHeadline(words));
  const element = made("article", `wall-tile wall-tile-drained tone-${faceOf(facts).tone}`, [
    made("div", `wall-tile-words ${figureOf(facts) === null ? "" : "wall-has-figure"}`, [
      made("h2", "min-w-0", [facts.name]),
      made("p", "wall-headline flex items-start gap-[0.25em] text-tone", [
        // Where its shape will be.
        made("span", "size-[0.78em] shrink-0"),
        made("span", "min-w-0", [said]),
      ]),
    ]),
  ]);
  element.style.setProperty("--line", `${line}em`);
  element.style.setProperty("--headline", `${headline}em`);
  return element;
}

function made(
  name: string,
  className: string,
  children: readonly (Node | string)[] = [],
): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

const block = document.getElementById(firstAnswerId);
const root = document.getElementById("root");
if (root !== null && block?.dataset["path"] === allClustersPath) {
  // Whoever wrote this script into the page has written the answer beside it. A schema was most of the script.
  const sent: Sent = JSON.parse(block.textContent);
  if (sent.clusters.length > 0) {
    drawFirstPicture(root, sent);
  }
}
