/**
 * Takes in the bytes of a reply as they come and keeps no more of them than a status can need: texts without end are cut,
 * white space is dropped, and what is no UTF-8, no JSON or made of too many parts is found here, before anything large
 * is ever in memory as a whole.
 */
import { cutNote } from "./clusterText.ts";
import { broken, nextState, whole } from "./utf8.ts";

/** No reply of a cluster is longer. */
export const longestBodyBytes = 4 * 1024 * 1024;

/** `JSON.parse` takes hundreds of megabytes for bodies that are made to hurt; beyond these they are refused unparsed. */
const mostParts = 20_000;
const deepest = 64;
/** All that is no text: brackets, numbers, words. */
const mostBytesBesideTexts = 512 * 1024;

/** A text may keep so much: the 16 KiB of an error text that are shown, were each letter written as an escape. */
const longestTextBytes = 128 * 1024;
/** All texts that are no short ones may keep so much together; once it is used up, only short ones are kept. */
const mostBytesOfLongTexts = 384 * 1024;
/** Every known name, state, version and setting is shorter. */
const shortTextBytes = 48;

/** Why a body is refused for its bytes alone. */
export type BodyFlaw = "too-long" | "too-many-parts" | "not-utf-8" | "not-json";

/** What was kept of a body. */
export type GatheredBody = {
  /** JSON of the same meaning as far as it is kept; with a flaw, only what came before it. */
  readonly kept: Uint8Array;
  /** How many bytes came in all. */
  readonly length: number;
  readonly flaw: BodyFlaw | null;
};

/** Takes in one body. */
export type BodyGatherer = {
  /** @returns whether to go on; after `false` no more is taken */
  readonly take: (chunk: Uint8Array) => boolean;
  readonly end: () => GatheredBody;
};

/** The whole of a body that is in memory already. */
export function gatherWhole(bytes: Uint8Array): GatheredBody {
  const gatherer = gatherBody();
  gatherer.take(bytes);
  return gatherer.end();
}

/** Where the reader of the bytes is. */
const beside = 0;
const inText = 1;
const afterBackslash = 2;
/** Of the four digits of an escape so many are still to come: `inDigits` + 1 to `inDigits` + 4. */
const inDigits = 2;

/** Begins to take in a body. */
export function gatherBody(): BodyGatherer {
  let utf8: number = whole;
  let kept = new Uint8Array(1024);
  let keptLength = 0;
  let length = 0;
  let flaw: BodyFlaw | null = null;

  let place = beside;
  let parts = 0;
  let depth = 0;
  let bytesBeside = 0;
  let isSpace = false;

  let longTexts = 0;
  let textBegin = 0;
  let textLimit = 0;
  let textBytes = 0;
  let characters = 0;
  let isCut = false;

  const makeRoom = (bytes: number): void => {
    if (keptLength + bytes > kept.length) {
      const grown = new Uint8Array(2 * kept.length + bytes);
      grown.set(kept);
      kept = grown;
    }
  };

  const keep = (byte: number): void => {
    makeRoom(1);
    kept[keptLength] = byte;
    keptLength += 1;
  };

  const beginText = (): void => {
    const isRoom = longTexts + longestTextBytes <= mostBytesOfLongTexts;
    textLimit = isRoom ? longestTextBytes : shortTextBytes;
    textBegin = keptLength;
    textBytes = 0;
    characters = 0;
    isCut = false;
    place = inText;
  };

  const endText = (): void => {
    if (isCut) {
      // Where it is cut again, the note is known and stays.
      for (const byte of new TextEncoder().encode(cutNote(characters))) {
        keep(byte);
      }
    }
    if (textBytes > shortTextBytes) {
      longTexts += Math.min(textBytes, textLimit);
    }
    place = beside;
  };

  const takeBeside = (byte: number): void => {
    const wasSpace = isSpace;
    isSpace = isWhiteSpace(byte);
    if (isSpace && wasSpace) {
      return;
    }
    keep(byte);
    bytesBeside += 1;
    if (byte === 0x22) {
      beginText();
    } else if (byte === 0x7b || byte === 0x5b) {
      parts += 1;
      depth += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    } else if (byte === 0x2c) {
      parts += 1;
    }
    if (parts > mostParts || depth > deepest || bytesBeside > mostBytesBesideTexts) {
      flaw = "too-many-parts";
    }
  };

  /** A character, or an escape, begins with this byte. */
  const beginCharacter = (byte: number): void => {
    characters += charactersBegunBy(byte);
    if (textBytes > textLimit && !isCut) {
      isCut = true;
      // Of a text that is cut short, the last piece could be the begin of a secret.
      keptLength = textLimit === shortTextBytes ? textBegin : keptLength;
    }
  };

  const takeInText = (byte: number): void => {
    textBytes += 1;
    if (place === inText) {
      if (byte === 0x22) {
        endText();
        keep(byte);
        return;
      }
      if (byte < 0x20) {
        flaw = "not-json";
        return;
      }
      if (charactersBegunBy(byte) > 0) {
        beginCharacter(byte);
      }
      if (byte === 0x5c) {
        place = afterBackslash;
      }
    } else if (place > inDigits && isHexadecimal(byte)) {
      place = place === inDigits + 1 ? inText : place - 1;
    } else if (place === afterBackslash && isEscape(byte)) {
      place = byte === 0x75 ? inDigits + 4 : inText;
    } else {
      flaw = "not-json";
      return;
    }
    if (!isCut) {
      keep(byte);
    }
  };

  /** Letters in a row, the most of any text, at once. @returns where they end */
  const takeLetters = (chunk: Uint8Array, from: number): number => {
    // A text that is at its limit is cut at its next character, not here.
    const to = isCut ? chunk.length : Math.min(chunk.length, from + textLimit - textBytes);
    let end = from;
    let state = utf8;
    let count = 0;
    for (; end < to; end += 1) {
      const byte = chunk[end] ?? 0;
      const next = nextState(state, byte);
      if (next === broken || byte < 0x20 || byte === 0x22 || byte === 0x5c) {
        break;
      }
      state = next;
      count += charactersBegunBy(byte);
    }
    if (end > from && !isCut) {
      makeRoom(end - from);
      kept.set(chunk.subarray(from, end), keptLength);
      keptLength += end - from;
    }
    utf8 = state;
    characters += count;
    textBytes += Math.max(0, end - from);
    return Math.max(from, end);
  };

  const takeByte = (byte: number): void => {
    utf8 = nextState(utf8, byte);
    // JSON holds no NUL, but plain text in UTF-16 is full of them, and valid UTF-8 by chance.
    if (byte === 0 || utf8 === broken) {
      flaw = "not-utf-8";
    } else if (place === beside) {
      takeBeside(byte);
    } else {
      takeInText(byte);
    }
  };

  return {
    take: (chunk) => {
      length += chunk.length;
      if (length > longestBodyBytes) {
        flaw = "too-long";
        kept = new Uint8Array(0);
        keptLength = 0;
        return false;
      }
      // By index: an iterator takes several times as long over 4 MiB.
      for (let index = 0; index < chunk.length && flaw === null; index += 1) {
        if (place === inText && chunk[index] !== 0x5c) {
          index = takeLetters(chunk, index);
        } else if (place === beside && isSpace) {
          // One space is kept already; a reply of 4 MiB of them costs no more than its bytes.
          index = spacesEnd(chunk, index);
        }
        if (index === chunk.length) {
          break;
        }
        takeByte(chunk[index] ?? 0);
      }
      return true;
    },
    end: () => {
      if (flaw === null && utf8 !== whole) {
        flaw = "not-utf-8";
      }
      // Copied, for a body may be held for long: what is left of its room would be held with it.
      return { kept: kept.slice(0, keptLength), length, flaw };
    },
  };
}

/** What JSON calls white space. */
function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** @returns where the white space that begins here ends */
function spacesEnd(chunk: Uint8Array, from: number): number {
  let end = from;
  while (end < chunk.length && isWhiteSpace(chunk[end] ?? 0)) {
    end += 1;
  }
  return end;
}

/** As JavaScript counts: none for the further bytes of one, two for what lies beyond the basic plane. */
function charactersBegunBy(byte: number): number {
  if (byte >= 0x80 && byte < 0xc0) {
    return 0;
  }
  return byte >= 0xf0 ? 2 : 1;
}

/** What may follow a backslash: `" \ / b f n r t u`. */
function isEscape(byte: number): boolean {
  return (
    byte === 0x22 ||
    byte === 0x5c ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74 ||
    byte === 0x75
  );
}

function isHexadecimal(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}
