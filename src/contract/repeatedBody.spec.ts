import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatherWhole } from "./gatherBody.ts";
import { type RepeatedBodies, repeatedBodies } from "./repeatedBody.ts";

const encoder = new TextEncoder();

/** Takes a body in, in pieces of so many bytes each; the memory that a piece lay in is used again. */
function takeIn(bodies: RepeatedBodies, bytes: Uint8Array, pieceBytes = 1000) {
  const gatherer = bodies.begin();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.slice(at, at + pieceBytes);
    gatherer.take(piece);
    piece.fill(0x21);
  }
  return gatherer.end();
}

/** Bodies that often are, begin or go on like one another. */
const bodies = fc.oneof(
  fc.constantFrom("", "{}", '{"a":1}', '{"a":12}', '{"a":1}}', '{"a":1', '{"a": 1}', '{"b":"é"}'),
  fc.json(),
);

describe("bodies that come one after another", () => {
  it("are what each of them is alone, in whatever pieces they come", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(bodies, fc.integer({ min: 1, max: 9 }))), (all) => {
        const repeated = repeatedBodies();
        for (const [text, pieceBytes] of all) {
          const bytes = encoder.encode(text);
          expect(takeIn(repeated, bytes, pieceBytes)).toEqual(gatherWhole(bytes));
        }
      }),
    );
  });

  it("come back as the same object while their bytes are the same, and only then", () => {
    const repeated = repeatedBodies();
    const text = encoder.encode('{"state":"UPGRADE_STATE_IDLE"}');
    const first = takeIn(repeated, text);
    expect(takeIn(repeated, text, 7)).toBe(first);
    expect(takeIn(repeated, text.slice(0, -1))).not.toBe(first);
    const again = takeIn(repeated, text);
    expect(again).not.toBe(first);
    expect(takeIn(repeated, text)).toBe(again);
  });

  it("are not kept where they are long", () => {
    const repeated = repeatedBodies();
    const text = encoder.encode(JSON.stringify("x".repeat(5000)));
    expect(takeIn(repeated, text)).not.toBe(takeIn(repeated, text));
    expect(takeIn(repeated, text)).toEqual(gatherWhole(text));
  });

  it("are refused as they would be alone, also after a good beginning", () => {
    const repeated = repeatedBodies();
    const good = encoder.encode('{"a":1}');
    takeIn(repeated, good);
    const bad = new Uint8Array([...good, 0xff]);
    expect(takeIn(repeated, bad, good.length).flaw).toBe("not-utf-8");
  });
});
