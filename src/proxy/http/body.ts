import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** How a body may travel. */
export type Encoding = "br" | "gzip";

/** A body that is compressed once for each encoding, when first asked for, and kept. */
export type Body = {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly encoded: (encoding: Encoding) => Promise<Uint8Array<ArrayBuffer>>;
};

/** `live` bodies serve a moment and are compressed quickly; `lasting` ones serve for as long as the process. */
export type Lifetime = "live" | "lasting";

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);
const leastPieceBytes = 16 * 1024;
const mostPieceBytes = 128 * 1024;
/**
 * Brotli's next level takes a half more time and several MB in every thread that it runs in, and so does a larger window, to
 * save a twelfth of the bytes: see docs/decisions/047-what-a-large-answer-costs.md.
 */
const levels = { live: { gzip: 4, br: 3, window: 18 }, lasting: { gzip: 9, br: 9, window: 22 } };

/** Prepares bytes or a text for any number of answers. */
export function bodyOf(content: string | Uint8Array, lifetime: Lifetime): Body {
  const plain = typeof content === "string" ? bytesOf(content) : new Uint8Array(content);
  const compressed = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    plain,
    encoded: (encoding) => {
      const earlier = compressed.get(encoding);
      if (earlier !== undefined) {
        return earlier;
      }
      const promise = compress(plain, encoding, lifetime);
      compressed.set(encoding, promise);
      return promise;
    },
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.byteLength(text));
  new TextEncoder().encodeInto(text, bytes);
  return bytes;
}

/** A body that is compressed in one piece goes to the other threads and back but once. */
function pieceBytes({ length }: Uint8Array): number {
  return Math.min(Math.max(length, leastPieceBytes), mostPieceBytes);
}

async function compress(
  plain: Uint8Array,
  encoding: Encoding,
  lifetime: Lifetime,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunkSize = pieceBytes(plain);
  const { gzip: level, br, window } = levels[lifetime];
  const params = { [constants.BROTLI_PARAM_QUALITY]: br, [constants.BROTLI_PARAM_LGWIN]: window };
  const bytes =
    encoding === "gzip"
      ? await gzipAsync(plain, { level, chunkSize })
      : await brotliAsync(plain, { params, chunkSize });
  return new Uint8Array(bytes);
}

/** The best encoding that an `Accept-Encoding` header allows, or null for none. */
export function acceptedEncoding(header: string | undefined): Encoding | null {
  const accepted = new Set(
    (header ?? "")
      .toLowerCase()
      .split(",")
      .map((part) => part.split(";").map((piece) => piece.trim()))
      .filter(([, quality]) => !/^q=0(?:\.0*)?$/.test(quality ?? ""))
      .map(([name]) => name),
  );
  if (accepted.has("br")) {
    return "br";
  }
  return accepted.has("gzip") ? "gzip" : null;
}
