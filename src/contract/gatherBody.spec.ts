import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatherBody, gatherWhole, type GatheredBody } from "./gatherBody.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = ({ kept }: GatheredBody): string => new TextDecoder().decode(kept);
const gathered = (text: string): GatheredBody => gatherWhole(bytesOf(text));
const lengths = (text: string): readonly number[] =>
  Object.values<string>(JSON.parse(text)).map((value) => value.length);

/** What the engine's own decoder and parser make of bytes. */
function byTheEngine(bytes: Uint8Array): { readonly utf8: boolean; readonly value: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { utf8: !text.includes("\0"), value: parse(text) };
  } catch {
    return { utf8: false, value: undefined };
  }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

describe("a body that is gathered", () => {
  it("keeps its meaning, without white space to no purpose", () => {
    const written = '{ "a" :\n\t[ 1,  2 ],   "b c": "  d  " }';
    expect(textOf(gathered(written))).toBe('{ "a" :\n[ 1, 2 ], "b c": "  d  " }');
    expect(gathered(written)).toMatchObject({ length: written.length, flaw: null });
  });

  it("holds no more memory than its bytes", () => {
    const { kept } = gathered('{"state": "UPGRADE_STATE_IDLE"}');
    expect(kept.buffer.byteLength).toBe(kept.length);
  });

  it("means what the engine's own decoder and parser say", { timeout: 60_000 }, () => {
    const json = fc.jsonValue({ stringUnit: "binary", maxDepth: 4 });
    const bytes = fc.oneof(
      json.map((value) => bytesOf(JSON.stringify(value))),
      json.map((value) => bytesOf(JSON.stringify(value, null, 3))),
      fc.tuple(json, fc.nat(), fc.nat(255)).map(([value, place, byte]) => {
        const body = bytesOf(JSON.stringify(value));
        body[place % body.length] = byte;
        return body;
      }),
      fc
        .array(fc.constantFrom(0x22, 0x5c, 0x75, 0x30, 0xc3, 0xa9, 0xe0, 0xed, 0xf0, 0x9f, 0x80))
        .map((some) => Uint8Array.from([0x22, ...some, 0x22])),
      fc.uint8Array({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(bytes, fc.nat(20), (body, size) => {
        const gatherer = gatherBody();
        for (let at = 0; at < body.length; at += size + 1) {
          gatherer.take(body.subarray(at, at + size + 1));
        }
        const found = gatherer.end();
        expect(found).toEqual(gatherWhole(body));
        const { utf8, value } = byTheEngine(body);
        if (found.flaw === null) {
          expect(utf8).toBe(true);
          expect(parse(textOf(found))).toEqual(value);
        } else {
          expect(utf8 ? value : undefined).toBeUndefined();
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("has its endless texts cut, with their length as JavaScript counts it", () => {
    for (const piece of ["x", "ж", "日", "😀", "\\u0436", "\\n"]) {
      const count = 300_000;
      const body = gathered(`{"error_info":"${piece.repeat(count)}"}`);
      const characters = (count * (piece === "😀" ? 2 : 1)).toLocaleString("en-US");
      expect(body.kept.length).toBeLessThan(132 * 1024);
      expect(textOf(body)).toMatch(new RegExp(`… \\(${characters} characters, cut\\)"}$`));
      expect(parse(textOf(body))).toBeInstanceOf(Object);
    }
  });

  it("keeps a text of 128 KiB, and no half of a character of a longer one", () => {
    const most = 128 * 1024;
    expect(lengths(textOf(gathered(`{"a":"${"x".repeat(most)}"}`)))).toEqual([most]);
    const cut = textOf(gathered(`{"a":"x${"ж".repeat(most)}"}`));
    expect(cut).toMatch(/^\{"a":"xж+… \(131,073 characters, cut\)"\}$/);
  });

  it("keeps short texts behind any number of long ones, and of long ones no piece", () => {
    const long = `"${"x".repeat(100_000)}",`.repeat(20);
    const secret = `Bearer ${"s".repeat(60)}`;
    const body = gathered(`[${long}"UPGRADE_STATE_COMMITTING","${secret}"]`);
    expect(textOf(body)).toMatch(/"UPGRADE_STATE_COMMITTING","… \(67 characters, cut\)"\]$/);
    expect(body.kept.length).toBeLessThan(512 * 1024);
  });

  it("never grows beyond a few MiB, however a body is made", () => {
    const key = (index: number): string => `"${String(index).padStart(48, "k")}"`;
    const fields = Array.from({ length: 19_999 }, (_, index) => `${key(index)}:${key(index)}`);
    expect(gathered(`{${fields.join(",")}}`)).toMatchObject({ flaw: null });
    expect(gathered(`{${fields.join(",")}}`).kept.length).toBeLessThan(2.5 * 1024 * 1024);
  });
});

describe("a body that is refused for its bytes", () => {
  const mebibyte = 1024 * 1024;

  it.each([
    ["a control in a text", '{"a":"\u0001"}', "not-json"],
    ["a control in what is cut of a text", `{"a":"${"x".repeat(200_000)}\n"}`, "not-json"],
    ["no escape", `{"a":"${"x".repeat(200_000)}\\x"}`, "not-json"],
    ["an escape without its digits", `{"a":"${"x".repeat(200_000)}\\u12g4"}`, "not-json"],
    ["too many parts", `[${"1,".repeat(20_001)}1]`, "too-many-parts"],
    ["too deep", "[".repeat(65), "too-many-parts"],
    ["a number without end", "7".repeat(mebibyte), "too-many-parts"],
    ["too long", `"${"x".repeat(4 * mebibyte)}"`, "too-long"],
    ["NUL", '{"a":\u0000}', "not-utf-8"],
  ])("%s", (_, text, flaw) => {
    expect(gathered(text).flaw).toBe(flaw);
  });

  it("is left at 4 MiB", () => {
    const gatherer = gatherBody();
    const piece = new Uint8Array(mebibyte).fill(0x20);
    expect([1, 2, 3, 4, 5].map(() => gatherer.take(piece))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
