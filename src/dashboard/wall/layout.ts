/** How tiles share a wall. Sizes in CSS pixels. */

/** Space that is there for tiles. */
export type Space = { readonly width: number; readonly height: number };

/** Columns and rows of a page. */
export type Layout = { readonly columns: number; readonly rows: number };

/** No more tiles than this on one page: beyond it none is read from across a room. Nearer eyes read more of them. */
const mostTiles = 12;

/**
 * The size of a plain word: 25 px on a 1080p screen, whose capitals are then 18 px high, and in step with the screen
 * above it; never smaller, for a small screen is not nearer to the eye, but for a telephone in the hand. The same figures
 * stand in wall.css.
 *
 * @param zoom how much larger than usual, for eyes that are farther away
 */
export function wordPx(screen: Space, zoom = 1): number {
  return (
    zoom *
    (screen.width <= handPx
      ? 16
      : Math.max(25, Math.min(screen.width / 76.8, screen.height / 43.2)))
  );
}

const handPx = 600;

/** How many counts of verdicts find room in two lines at the top, beside the title and the clock. */
export function mostCounts(screen: Space, word: number): number {
  const titleAndClock = 24;
  const count = 8;
  return Math.max(3, Math.floor((2 * (screen.width / word - titleAndClock)) / count));
}

/** What a tile needs, in plain words: a state word at twice their size, four lines, and its margins. */
const tileWords = { width: 14, height: 10.4, gap: 0.5 };

/**
 * How to lay out so many tiles, or as many of them as are legible on one page: a grid that fills the space with tiles
 * nearest to the shape of a card.
 *
 * @param space what header and footer leave over
 * @param word {@link wordPx}
 * @param zoom what is in it
 * @param leastHeight how high tiles of a width must be, both in plain words
 */
export function layoutOf(
  tiles: number,
  space: Space,
  word: number,
  zoom = 1,
  leastHeight: (width: number) => number = () => 0,
): Layout {
  const fits = (length: number, each: number): number =>
    Math.floor((length + tileWords.gap * word) / ((each + tileWords.gap) * word));
  const mostColumns = Math.max(1, fits(space.width, tileWords.width));
  const rowsOf = Array.from({ length: mostColumns }, (_, at) => {
    const { width } = tileSpace({ columns: at + 1, rows: 1 }, space, word);
    // A screen that is lower than a tile should be shows a row all the same, if its words fit.
    const needed = leastHeight(width / word);
    const isRoom = at === 0 || needed <= space.height / word;
    return Math.max(isRoom ? 1 : 0, fits(space.height, Math.max(tileWords.height, needed)));
  });
  const most = Math.max(mostTiles, Math.floor(mostTiles / zoom ** 2));
  const perPage = Math.min(most, Math.max(...rowsOf.map((rows, at) => rows * (at + 1))));
  const shown = Math.max(1, Math.min(tiles, perPage));
  let best: { columns: number; rows: number; cost: number } | null = null;
  for (const [at, mostRows] of rowsOf.entries()) {
    const columns = at + 1;
    const rows = Math.ceil(shown / columns);
    if (rows <= mostRows) {
      const shape = space.width / columns / (space.height / rows);
      const empty = columns * rows - shown;
      const cost = Math.abs(Math.log(shape / 1.6)) + 0.7 * empty;
      if (best === null || cost < best.cost) {
        best = { columns, rows, cost };
      }
    }
  }
  return { columns: best?.columns ?? 1, rows: best?.rows ?? 1 };
}

/** How large each tile of a layout is, in CSS pixels. */
export function tileSpace({ columns, rows }: Layout, space: Space, word: number): Space {
  const gap = tileWords.gap * word;
  return {
    width: (space.width + gap) / columns - gap,
    height: (space.height + gap) / rows - gap,
  };
}
