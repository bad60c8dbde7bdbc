import { describe, expect, it } from "vitest";
import { headlineWidth, leastHeight, linesOf, sizesOf, widthOf } from "./fit.ts";

const word = 25;
const tile = { width: 460, height: 310 };
const texts = { name: "London production", headline: "Waits for you" };
const long = { name: "W".repeat(48), headline: "was: Reboot stopped at 2 of 6" };

describe("the lines of a text", () => {
  it.each([
    ["", 10, 1],
    ["one", 10, 1],
    ["one two three", 5, 2],
    ["W".repeat(48), 24, 2],
    ["a WWWWWWWWWWWW", 6, 3],
  ])("of %j in %d are %d", (text, room, lines) => {
    expect(linesOf(text, room)).toBe(lines);
  });

  it("are wider in Chinese and of emoji, and no wider for marks", () => {
    expect(widthOf("東京")).toBeGreaterThanOrEqual(2);
    expect(widthOf("🎬")).toBeGreaterThan(1.3);
    expect(widthOf("e\u0301")).toBe(widthOf("e"));
    expect(headlineWidth("Idle")).toBeLessThan(headlineWidth("Idle now"));
  });
});

describe("the sizes of a tile", () => {
  it("follow the tile, and are never too small to be read", () => {
    const usual = sizesOf(texts, tile, word);
    expect(usual.headline).toBeGreaterThanOrEqual(2);
    const large = sizesOf(texts, { width: 1870, height: 950 }, word);
    expect(large.headline).toBeGreaterThan(2 * usual.headline);
    expect(sizesOf(long, { width: 200, height: 100 }, word)).toEqual({ line: 1, headline: 2 });
  });

  it("shrink where name and headline would not fit", () => {
    const wide = { width: 1870, height: 300 };
    const tall = { width: 900, height: 460 };
    for (const space of [wide, tall]) {
      expect(sizesOf(long, space, word).headline).toBeLessThanOrEqual(
        sizesOf(texts, space, word).headline,
      );
    }
    expect(sizesOf(long, tall, word).headline).toBeLessThan(sizesOf(texts, tall, word).headline);
  });

  it("need more height the narrower the tile is", () => {
    expect(leastHeight(long, 14)).toBeGreaterThan(leastHeight(long, 28));
    expect(leastHeight(texts, 18)).toBeLessThan(10.4);
  });
});
