/** Which clusters are on a wall's page at a moment. */
import type { Summary } from "../../contract/api.ts";

/** How a wall's clusters take turns. */
export type Turns<Tile> = {
  /** Always on screen, the most urgent first. */
  readonly kept: readonly Tile[];
  /** The others, as they come round, so many to a page as there are places left. */
  readonly pages: readonly (readonly Tile[])[];
};

/** One page of a wall. */
export type WallPage<Tile> = {
  readonly tiles: readonly Tile[];
  /** How many clusters that need someone are not on this page. */
  readonly moreInNeed: number;
};

/** Of so many places one is left to those that take turns; so the rest of a fleet is always seen to be alive. */
const placesPerTurn = 4;

/**
 * Shares out the places of a wall. Where all clusters fit there is one page. Where they do not, the ones that need someone
 * keep their places and the others take turns in what is left: at least a quarter of the places, and one where there are
 * two or three. What needs someone and finds no place that is kept goes first in the turns. With a single place all take
 * turns.
 *
 * @param clusters sorted by attention; their order is kept
 * @param places how many tiles a page has, at least one
 */
export function turnsOf<Tile extends Pick<Summary, "attention">>(
  clusters: readonly Tile[],
  places: number,
): Turns<Tile> {
  if (clusters.length <= places) {
    return { kept: [], pages: [clusters] };
  }
  const mostKept = places - Math.ceil(places / placesPerTurn);
  const kept = clusters.filter(needsSomeone).slice(0, mostKept);
  const others = clusters.filter((cluster) => !kept.includes(cluster));
  const perPage = places - kept.length;
  const count = Math.ceil(others.length / perPage);
  return {
    kept,
    pages: Array.from({ length: count }, (_, page) =>
      others.slice(page * perPage, (page + 1) * perPage),
    ),
  };
}

/** What is on screen on one of the pages; pages come round again. */
export function pageOf<Tile extends Pick<Summary, "attention">>(
  { kept, pages }: Turns<Tile>,
  page: number,
): WallPage<Tile> {
  const turn = pages[page % pages.length] ?? [];
  const inNeed = pages.flat().filter(needsSomeone).length;
  return { tiles: [...kept, ...turn], moreInNeed: inNeed - turn.filter(needsSomeone).length };
}

/** Which page it is, where there are several: `12 of 30 shown`, `page 2 of 4`. */
export function pageWords(
  { tiles }: Pick<WallPage<unknown>, "tiles">,
  page: number,
  pages: number,
  clusters: number,
): readonly string[] {
  return pages === 1
    ? []
    : [`${tiles.length} of ${clusters} shown`, `page ${(page % pages) + 1} of ${pages}`];
}

/** That some who need someone are not on this page: `and 7 more need someone`. */
export function moreWords({ moreInNeed }: Pick<WallPage<unknown>, "moreInNeed">): string {
  return moreInNeed === 0
    ? ""
    : `and ${moreInNeed} more ${moreInNeed === 1 ? "needs" : "need"} someone`;
}

function needsSomeone({ attention }: Pick<Summary, "attention">): boolean {
  return attention !== "none";
}
