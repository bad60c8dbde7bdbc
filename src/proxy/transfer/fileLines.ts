import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import * as z from "zod/mini";
import {
  historyFileFormat,
  historyFileHeadSchema,
  type HistoryFileLine,
  historyFileLineSchema,
  historyFileVersion,
} from "../../contract/historyFile.ts";
import { codeOf } from "../errorCode.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { reasonOf } from "../fileReason.ts";
import { checkRecords } from "./recordCheck.ts";
import { TransferError } from "./transferError.ts";

/** A line of a span, with the longest error text that a cluster can give, has a tenth of that. */
const longestLine = 1_000_000;
const lineFeed = 0x0a;

/** What a file holds between its first line and its last. */
export type Content = Exclude<HistoryFileLine, { readonly sha256: string }>;

/**
 * Reads a file of a history, compressed or not. That it is whole is only known at its end.
 *
 * @param name how the file is called in what people are told
 * @param now the present moment
 * @throws TransferError at the first line that is not as it should be
 */
export async function* readContent(
  path: string,
  name: string,
  now: EpochMs,
): AsyncGenerator<Content> {
  const hash = createHash("sha256");
  let number = 0;
  let [spans, notes] = [0, 0];
  let isWhole = false;
  let check = checkRecords(now);
  let [cluster, spanNumber] = ["", 0];
  const fault = (words: string, at = number): TransferError =>
    new TransferError(`${name}, line ${at}: ${words}`);
  const endCluster = (): void => {
    const words = check.end();
    if (words !== null) {
      throw fault(words, spanNumber);
    }
    check = checkRecords(now);
  };
  for await (const line of linesOf(path, name)) {
    number += 1;
    const parsed = parse(line);
    if (number === 1) {
      checkHead(parsed, name);
    } else if (isWhole) {
      throw fault("there is more after what should be its end.");
    } else {
      const read = historyFileLineSchema.safeParse(parsed);
      if (!read.success) {
        throw fault("this is not what a line of a history is like.");
      }
      if ("sha256" in read.data) {
        checkEnd(read.data, { spans, notes, sha256: hash.digest("hex") }, name);
        endCluster();
        isWhole = true;
        continue;
      }
      spans += "span" in read.data ? 1 : 0;
      notes += "note" in read.data ? 1 : 0;
      if (read.data.cluster !== cluster) {
        endCluster();
        ({ cluster } = read.data);
      }
      if ("span" in read.data) {
        spanNumber = number;
        const words = check.next(read.data.span);
        if (words !== null) {
          throw fault(words);
        }
      }
      yield read.data;
    }
    hash.update(line).update("\n");
  }
  if (!isWhole) {
    throw new TransferError(
      number === 0
        ? `${name} is empty.`
        : `${name} is cut off after line ${number}: its end is missing. Fetch or export it again.`,
    );
  }
}

function checkHead(parsed: unknown, name: string): void {
  const head = historyFileHeadSchema.safeParse(parsed);
  if (!head.success) {
    throw new TransferError(
      `${name} is no history that Upgrade Watch has exported: its first line does not say "${historyFileFormat}".`,
    );
  }
  const { version, release } = head.data;
  if (version !== historyFileVersion) {
    throw new TransferError(
      `${name} was written by release ${JSON.stringify(release.slice(0, 40))} in version ${version} of the format; this one reads version ${historyFileVersion}. Import it with that release or a newer one.`,
    );
  }
}

type Totals = Extract<HistoryFileLine, { readonly sha256: string }>;

function checkEnd(told: Totals, found: Totals, name: string): void {
  if (told.sha256 !== found.sha256) {
    throw new TransferError(
      `${name} is not as it was exported: its SHA-256 is ${found.sha256}, its last line tells ${told.sha256}. Fetch or export it again.`,
    );
  }
  if (told.spans !== found.spans || told.notes !== found.notes) {
    throw new TransferError(`${name} does not hold what its last line tells.`);
  }
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  } catch {
    // No JSON, or no UTF-8: told with its line by the caller, as whatever else is no line of a history.
    return undefined;
  }
}

async function* linesOf(path: string, name: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytesOf(path, name)) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      yield Buffer.concat([rest, chunk.subarray(start, end)]);
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(start)]);
    if (rest.length > longestLine) {
      throw new TransferError(`${name} has a line of more than ${longestLine} bytes.`);
    }
  }
  if (rest.length > 0) {
    yield rest;
  }
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);
const bytes = z.instanceof(Buffer);

async function* bytesOf(path: string, name: string): AsyncGenerator<Buffer> {
  try {
    const isPacked = await isGzip(path);
    const file = createReadStream(path);
    const stream = isPacked ? file.pipe(createGunzip()) : file;
    file.once("error", (error) => stream.destroy(error));
    for await (const chunk of stream) {
      yield bytes.parse(chunk);
    }
  } catch (error) {
    const isCut = codeOf(error) === "Z_BUF_ERROR";
    if (isCut || codeOf(error).startsWith("Z_")) {
      throw new TransferError(
        `${name} ${isCut ? "is cut off" : "is damaged"}: it can't be unpacked to its end. Fetch or export it again.`,
        { cause: error },
      );
    }
    if (codeOf(error) !== "") {
      throw new TransferError(`${name}: ${reasonOf(error)}.`, { cause: error });
    }
    throw error;
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.equals(gzipMagic);
  } finally {
    await file.close();
  }
}
