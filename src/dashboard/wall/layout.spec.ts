import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutOf, mostCounts, wordPx } from "./layout.ts";

/** What is left for tiles between header and footer. */
function spaceOf(width: number, height: number) {
  const word = wordPx({ width, height });
  return { space: { width: width - 1.3 * word, height: height - 5.5 * word }, word };
}

function layout(tiles: number, width: number, height: number) {
  const { space, word } = spaceOf(width, height);
  return layoutOf(tiles, space, word);
}

describe("the layout of a wall", () => {
  it("puts up to twelve legible tiles on a 1080p screen, and as many on 4K", () => {
    for (const [width, height] of [
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      expect(layout(12, width, height)).toEqual({ columns: 4, rows: 3 });
      expect(layout(32, width, height)).toEqual({ columns: 4, rows: 3 });
    }
  });

  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 3, 1],
    [4, 2, 2],
    [6, 3, 2],
    [9, 3, 3],
  ])("gives %d tiles %d columns and %d rows", (tiles, columns, rows) => {
    expect(layout(tiles, 1920, 1080)).toEqual({ columns, rows });
  });

  it("puts fewer on a page where twelve can't be read", () => {
    expect(layout(12, 1280, 400)).toEqual({ columns: 3, rows: 1 });
    expect(layout(12, 1080, 1920).columns).toBe(2);
    expect(layout(12, 390, 844).columns).toBe(1);
  });

  it("never makes words smaller than on a 1080p screen, but in the hand", () => {
    expect(wordPx({ width: 1920, height: 1080 })).toBe(25);
    expect(wordPx({ width: 1280, height: 400 })).toBe(25);
    expect(wordPx({ width: 3840, height: 2160 })).toBe(50);
    expect(wordPx({ width: 390, height: 844 })).toBe(16);
  });

  it("has room for every tile or for as many as are legible, at any size of a screen", () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 200, max: 8000 }),
        fc.integer({ min: 200, max: 5000 }),
        (count, width, height) => {
          const { columns, rows } = layout(count, width, height);
          const most = layout(1000, width, height);
          expect(columns * rows).toBeGreaterThanOrEqual(
            Math.min(Math.max(count, 1), most.columns * most.rows),
          );
        },
      ),
    );
  });

  it("leaves room for the counts of two lines", () => {
    const counts = (width: number, height: number) =>
      mostCounts({ width, height }, wordPx({ width, height }));
    expect(counts(1920, 1080)).toBe(13);
    expect(counts(3840, 2160)).toBe(13);
    expect(counts(1280, 400)).toBe(6);
    expect(counts(1080, 1920)).toBe(4);
  });

  it("puts fewer on a page for eyes that are farther away, and more for nearer ones", () => {
    const zoomed = (zoom: number) => {
      const word = wordPx({ width: 1920, height: 1080 }, zoom);
      return layoutOf(60, { width: 1920 - 1.3 * word, height: 1080 - 5.5 * word }, word, zoom);
    };
    expect(zoomed(2)).toEqual({ columns: 2, rows: 1 });
    expect(zoomed(1.4)).toEqual({ columns: 3, rows: 2 });
    expect(zoomed(1)).toEqual({ columns: 4, rows: 3 });
    expect(zoomed(0.5)).toEqual({ columns: 8, rows: 6 });
  });
});
