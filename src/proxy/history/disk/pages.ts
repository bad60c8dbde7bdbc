/** The two files of a SQLite database as plain pages, for when SQLite itself refuses them. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { codeOf } from "../../errorCode.ts";

/** What the history's databases are made with. */
export const pageBytes = 4096;

const frameHeaderBytes = 24;
const journalHeaderBytes = 32;
const frameBytes = frameHeaderBytes + pageBytes;

/** A page's number, counted from 1, and its content. */
export type Page = { readonly number: number; readonly content: Buffer };

/** A database and its journal, open for reading. */
export type Pages = {
  /** Every page image there is: those of the database, then those of its journal in the order they were written. */
  readonly all: () => Generator<Page>;
  /** What a page may hold, the most recent first. */
  readonly versions: (number: number) => readonly Buffer[];
  readonly close: () => void;
};

/** Opens a database and its journal; either may be missing or cut anywhere. */
export function openPages(databasePath: string, journalPath: string): Pages {
  const database = openForReading(databasePath);
  const journal = openForReading(journalPath);
  /** Where in the journal the newest image of a page begins. */
  const newest = new Map<number, number>();
  const frames = [...framesOf(journal)];
  for (const { number, position } of frames) {
    newest.set(number, position);
  }
  const inDatabase = (number: number): Buffer | null =>
    readWhole(database, (number - 1) * pageBytes, pageBytes);
  return {
    *all() {
      for (let number = 1; (number - 1) * pageBytes < database.size; number += 1) {
        const content = inDatabase(number);
        if (content !== null) {
          yield { number, content };
        }
      }
      for (const { number, position } of frames) {
        const content = readWhole(journal, position, pageBytes);
        if (content !== null) {
          yield { number, content };
        }
      }
    },
    versions: (number) => {
      const position = newest.get(number);
      const newer = position === undefined ? null : readWhole(journal, position, pageBytes);
      return [newer, inDatabase(number)].filter((content) => content !== null);
    },
    close: () => {
      database.close();
      journal.close();
    },
  };
}

/**
 * How many transactions of a journal SQLite would drop because of damage. None after a kill, however torn the last
 * transaction is: that one was never acknowledged.
 */
export function lostTransactions(journalPath: string): number {
  const journal = openForReading(journalPath);
  try {
    const header = headerOf(journal);
    if (header === null) {
      return 0;
    }
    let { sums, isSound } = header;
    let lost = 0;
    for (const { header: frame, position, isCommit } of framesOf(journal)) {
      if (isSound) {
        const content = readWhole(journal, position, pageBytes) ?? Buffer.alloc(0);
        sums = checksum(frame.subarray(0, 8), sums, header.isBigEndian);
        sums = checksum(content, sums, header.isBigEndian);
        isSound = matches(frame, 16, sums);
      }
      lost += !isSound && isCommit ? 1 : 0;
    }
    return lost;
  } finally {
    journal.close();
  }
}

type Frame = {
  readonly header: Buffer;
  readonly number: number;
  /** Where its page begins. */
  readonly position: number;
  readonly isCommit: boolean;
};

type Header = {
  readonly isSound: boolean;
  readonly isBigEndian: boolean;
  readonly sums: readonly [number, number];
  readonly salts: Buffer;
};

function headerOf(journal: OpenFile): Header | null {
  const header = readWhole(journal, 0, journalHeaderBytes);
  if (header === null) {
    return null;
  }
  const isBigEndian = header.readUInt32BE(0) % 2 === 1;
  const sums = checksum(header.subarray(0, 24), [0, 0], isBigEndian);
  return { isSound: matches(header, 24, sums), isBigEndian, sums, salts: header.subarray(16, 24) };
}

/**
 * The whole frames of the journal's present round; what an earlier round left behind them has other salts. Where the
 * header is damaged, the first frame tells the salts.
 */
function* framesOf(journal: OpenFile): Generator<Frame> {
  const header = headerOf(journal);
  const known =
    header?.isSound === true ? header.salts : readWhole(journal, journalHeaderBytes + 8, 8);
  for (let start = journalHeaderBytes; start + frameBytes <= journal.size; start += frameBytes) {
    const frame = readWhole(journal, start, frameHeaderBytes);
    if (frame !== null && known?.equals(frame.subarray(8, 16)) === true) {
      const number = frame.readUInt32BE(0);
      const isCommit = frame.readUInt32BE(4) !== 0;
      yield { header: frame, number, position: start + frameHeaderBytes, isCommit };
    }
  }
}

/** SQLite's running checksum over pairs of 32-bit words. */
function checksum(
  bytes: Buffer,
  [first, second]: readonly [number, number],
  isBigEndian: boolean,
): readonly [number, number] {
  let [one, other] = [first, second];
  const word = (at: number): number =>
    isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    one = (one + word(at) + other) >>> 0;
    other = (other + word(at + 4) + one) >>> 0;
  }
  return [one, other];
}

function matches(bytes: Buffer, at: number, [one, other]: readonly [number, number]): boolean {
  return bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === other;
}

type OpenFile = {
  readonly size: number;
  readonly descriptor: number | null;
  readonly close: () => void;
};

function openForReading(path: string): OpenFile {
  try {
    const descriptor = openSync(path, "r");
    return { size: fstatSync(descriptor).size, descriptor, close: () => closeSync(descriptor) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return { size: 0, descriptor: null, close: () => undefined };
    }
    throw error;
  }
}

/** So many bytes from a position on; null where the file is not that long or the disk refuses them. */
function readWhole({ descriptor }: OpenFile, position: number, length: number): Buffer | null {
  if (descriptor === null || position < 0) {
    return null;
  }
  const bytes = Buffer.alloc(length);
  try {
    return readSync(descriptor, bytes, 0, length, position) === length ? bytes : null;
  } catch (error) {
    if (codeOf(error) === "EIO") {
      return null;
    }
    throw error;
  }
}
