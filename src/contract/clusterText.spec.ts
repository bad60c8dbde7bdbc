import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutErrorInfo, shortText, visibleText } from "./clusterText.ts";

/** Characters that hide, reorder, or break a line of text; newline and tab are wanted. */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const anyText = fc.string({ unit: "binary" });
const byteLength = (text: string): number => new TextEncoder().encode(text).length;
const isWellFormed = (text: string): boolean =>
  !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

describe("text made visible", () => {
  it.each([
    ["NUL", "a\0b", "a␀b"],
    ["an ANSI sequence", "\u001b[31mred", "␛[31mred"],
    ["DEL", "\u007f", "␡"],
    ["line ends of another system", "a\r\nb\rc", "a\nb\nc"],
    ["newline and tab", "a\n\tb", "a\n\tb"],
    ["text turned round", "a\u202eb", "a‹U+202E›b"],
    ["zero width", "a\u200bb\u200d", "a‹U+200B›b‹U+200D›"],
    ["a byte order mark inside", "a\ufeff", "a‹U+FEFF›"],
    ["letters of the hidden plane", "a\u{e0041}", "a‹U+E0041›"],
    ["a filler that looks like nothing", "\u3164", "‹U+3164›"],
    ["half a pair", "a\ud800b\udc00", "a\ufffdb\ufffd"],
    ["ordinary letters and emoji", "Größe ⚠️ 日本語", "Größe ⚠️ 日本語"],
    ["markup", "<script>javascript:</script>", "<script>javascript:</script>"],
  ])("shows %s", (_, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it("hides nothing, whatever comes", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const visible = visibleText(text);
        expect(visible).not.toMatch(hidden);
        expect(isWellFormed(visible)).toBe(true);
      }),
    );
  });
});

describe("a short text", () => {
  it("is one line, and says where it was cut", () => {
    expect(shortText("one\ntwo", 64)).toBe("one two");
    expect(shortText("x".repeat(65), 64)).toBe(`${"x".repeat(64)}…`);
    expect(shortText("x".repeat(64), 64)).toBe("x".repeat(64));
  });

  it("counts what people see, not what it is made of", () => {
    expect(shortText("e\u0301".repeat(3), 3)).toBe("e\u0301".repeat(3));
  });

  it("has no letter on which marks pile up without end", () => {
    expect(shortText(`a${"\u0301".repeat(100_000)}`, 64).length).toBeLessThan(100);
  });

  it("never has more than it may", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        const short = shortText(text, limit);
        const graphemes = [...new Intl.Segmenter("en").segment(short)].length;
        // The sign that it was cut may stand behind.
        expect(graphemes).toBeLessThanOrEqual(limit + 1);
        expect(short).not.toMatch(/[\n\t]/);
      }),
    );
  });
});

describe("an error text", () => {
  it("is left as it is within the limit", () => {
    expect(cutErrorInfo("one\ntwo\n", 100)).toBe("one\ntwo\n");
  });

  it("says how long it was where it was cut", () => {
    const cut = cutErrorInfo("x".repeat(1_048_576), 2048);
    expect(byteLength(cut)).toBe(2048);
    expect(cut).toMatch(/x… \(1,048,576 characters, cut\)$/);
  });

  it("is counted in bytes, whatever it is written in", () => {
    const cut = cutErrorInfo("ошибка диска ".repeat(1000), 2048);
    expect(byteLength(cut)).toBeLessThanOrEqual(2048);
    expect(byteLength(cut)).toBeGreaterThan(2040);
    expect(cut).toMatch(/… \(13,000 characters, cut\)$/);
    expect(cutErrorInfo("ж".repeat(1024), 2048)).toBe("ж".repeat(1024));
  });

  it("keeps the length that the cluster sent when it is cut again", () => {
    const once = cutErrorInfo("x".repeat(1_048_576), 16 * 1024);
    expect(cutErrorInfo(once, 2048)).toMatch(/x… \(1,048,576 characters, cut\)$/);
  });

  it("never has more than it may, nor half a pair", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 64, max: 200 }), (text, limit) => {
        const cut = cutErrorInfo(text.repeat(20), limit);
        expect(byteLength(cut)).toBeLessThanOrEqual(limit);
        expect(isWellFormed(cut)).toBe(true);
      }),
    );
  });
});
