/** Most replies are those before them, byte for byte: what was made of the bytes then need not be made again. */
import { type BodyGatherer, gatherBody, type GatheredBody } from "./gatherBody.ts";

/** Takes in bodies one after another, each of the same question to the same address. */
export type RepeatedBodies = {
  /** Begins to take one in. At its end the very object of the last one comes back where all its bytes are the same. */
  readonly begin: () => BodyGatherer;
};

/** A longer body is not kept to compare with: there would be one for each of a thousand clusters. */
const longestKeptBytes = 4096;

/** No body so far. */
export function repeatedBodies(): RepeatedBodies {
  let last: { readonly bytes: Uint8Array; readonly body: GatheredBody } | null = null;

  return {
    begin: () => {
      const known = last;
      /** So many bytes are as they were; null once one is not. */
      let same: number | null = known === null ? null : 0;
      let gatherer: BodyGatherer | undefined;
      let pieces: Uint8Array[] | null = [];
      let length = 0;

      const gather = (bytes: Uint8Array): boolean => {
        length += bytes.length;
        // Copied, for the piece may lie in memory that is used again.
        pieces = length > longestKeptBytes ? null : pieces && [...pieces, bytes.slice()];
        gatherer ??= gatherBody();
        return gatherer.take(bytes);
      };
      /** From here on it is another body; what was the same so far belongs to it. */
      const differ = (): void => {
        const before = known?.bytes.subarray(0, same ?? 0);
        same = null;
        if (before !== undefined && before.length > 0) {
          gather(before);
        }
      };

      return {
        take: (chunk) => {
          if (known !== null && same !== null) {
            const counterpart = known.bytes.subarray(same, same + chunk.length);
            if (isEqual(counterpart, chunk)) {
              same += chunk.length;
              return true;
            }
            differ();
          }
          return gather(chunk);
        },
        end: () => {
          if (known !== null && same === known.bytes.length) {
            return known.body;
          }
          differ();
          const body = (gatherer ?? gatherBody()).end();
          const bytes = pieces === null ? null : joined(pieces, length);
          // Mostly all of it is kept, and need not be held twice.
          last = bytes && { bytes: isEqual(bytes, body.kept) ? body.kept : bytes, body };
          return body;
        },
      };
    },
  };
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
