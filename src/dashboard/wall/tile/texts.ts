import type { ClusterFacts } from "../../api/fleet/answer.ts";
import { pastHeadline } from "../../shell/past.ts";
import { type Layout, layoutOf, type Space } from "../layout.ts";
import { leastHeight, type TileTexts } from "./fit.ts";
import { headlineOf } from "./tile.ts";

/** A layout in which every tile shows its name and its headline, also as past. */
export function legibleLayout(
  texts: readonly TileTexts[],
  space: Space,
  word: number,
  zoom: number,
): Layout {
  return layoutOf(texts.length, space, word, zoom, (width) =>
    Math.max(0, ...texts.map((each) => leastHeight(each, width))),
  );
}

/** What a tile must have room for, also as past. */
export function textsOf({ name, headline }: Pick<ClusterFacts, "name" | "headline">): TileTexts {
  const word = headlineOf(headline).headline;
  return { name, headline: pastHeadline(word) };
}
