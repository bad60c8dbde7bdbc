/** How large the words of a tile can be. Sizes in plain words, {@link wordPx}, unless they are named otherwise. */
import type { Space } from "../layout.ts";

/** What a tile has to show whatever else finds no room. */
export type TileTexts = { readonly name: string; readonly headline: string };

/** The font sizes of a tile. */
export type TileSizes = { readonly line: number; readonly headline: number };

/** At these sizes capitals are as high as they have to be at least. */
const least: TileSizes = { line: 1, headline: 2 };
const most: TileSizes = { line: 2.6, headline: 8 };
/** Line heights and margins; the same stand in wall.css. */
const lineHeight = 1.25;
const headlineHeight = 1.06;
const headlinePadding = 0.12;
const iconWidth = 1.03;
const sides = 1.6;
const ends = 1;
const rowGap = 0.2;
/** Where there is room for it, since when it is so. */
const oneMore = lineHeight + rowGap;
/** A tile that has room for more shows how old it is beside its name, or below. */
const ageWidth = 5.5;
const ageFrom = 11;
const step = 0.9;

/**
 * The sizes for a tile: those that suit it, or smaller ones where its name and headline would not fit.
 *
 * @param tile in CSS pixels
 * @param word {@link wordPx}
 */
export function sizesOf(texts: TileTexts, tile: Space, word: number): TileSizes {
  const width = tile.width / word;
  const height = tile.height / word;
  let sizes: TileSizes = {
    line: within(least.line, Math.min(0.046 * width, 0.076 * height), most.line),
    headline: within(least.headline, Math.min(0.106 * width, 0.22 * height), most.headline),
  };
  while (heightOf(texts, width, height, sizes) + oneMore * sizes.line > height && sizes !== least) {
    const next = {
      line: Math.max(least.line, sizes.line * step),
      headline: Math.max(least.headline, sizes.headline * step),
    };
    sizes = next.line === least.line && next.headline === least.headline ? least : next;
  }
  return sizes;
}

/** How high a tile of such a width must be for its name and its headline at least. */
export function leastHeight(texts: TileTexts, width: number): number {
  return heightOf(texts, width, 0, least);
}

function heightOf(
  { name, headline }: TileTexts,
  width: number,
  height: number,
  sizes: TileSizes,
): number {
  const room = width - sides;
  const age = height > ageFrom && widthOf(name) * sizes.line > room - ageWidth * sizes.line ? 1 : 0;
  const names = linesOf(name, room / sizes.line) + age;
  const headlines = linesOf(headline, room / sizes.headline - iconWidth);
  return (
    ends +
    rowGap +
    names * lineHeight * sizes.line +
    (headlines * headlineHeight + headlinePadding) * sizes.headline
  );
}

/** How wide a headline in one line is with its shape, in its own font size: it is set closer than other text. */
export function headlineWidth(headline: string): number {
  return iconWidth + 0.88 * widthOf(headline);
}

/**
 * Into how many lines a text breaks: between words, and within one that is longer than a line.
 *
 * @param room the length of a line, in font sizes
 */
export function linesOf(text: string, room: number): number {
  const space = 0.3;
  let lines = 1;
  let used = 0;
  for (const part of text.split(" ")) {
    const width = widthOf(part);
    if (used > 0 && used + space + width <= room) {
      used += space + width;
      continue;
    }
    lines += (used > 0 ? 1 : 0) + Math.max(0, Math.ceil(width / room) - 1);
    used = width > room ? width % room : width;
  }
  return lines;
}

/** How wide a text is at most, in font sizes; a little more than it is rather than less. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
  }
  return width;
}

function characterWidth(character: string): number {
  // What tells other characters apart takes a slow display a while to make ready.
  const isFar = character > "\u007f";
  if (isFar && /[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) {
    return 0;
  }
  if (isFar && (character > "\u2e7f" || /\p{Extended_Pictographic}/u.test(character))) {
    return character.length > 1 || character < "\u2e80" ? 1.4 : 1.02;
  }
  if (/[WM@%mw—]/.test(character)) {
    return 1;
  }
  if (/[ ilj.,:;'|!\u00a0]/.test(character)) {
    return 0.33;
  }
  return /[A-Z\d]/.test(character) ? 0.72 : 0.62;
}

function within(lower: number, value: number, upper: number): number {
  return Math.min(Math.max(value, lower), upper);
}
