import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { Kysely } from "kysely";
import Database from "libsql";
import * as z from "zod/mini";
import { spanSchema } from "../../contract/spans.ts";
import {
  historyFileFormat,
  historyFileHeadSchema,
  historyFileVersion,
} from "../../contract/historyFile.ts";
import { noteSchema } from "../../contract/notes.ts";
import type { Span } from "../../upgrade/span.ts";
import { type EpochMs, isIdle } from "../../upgrade/status.ts";
import { cutOf } from "../history/disk/cut.ts";
import { sqliteDialect } from "../history/disk/dialect.ts";
import { migrationNames, type Tables } from "../history/disk/migrations.ts";
import { readNotes } from "../history/disk/noteTable.ts";
import { historyPaths } from "../history/disk/salvage.ts";
import { checkTexts } from "../history/disk/sound.ts";
import { bytesOf, readable, spansOf, textOf } from "../history/disk/stored.ts";
import { reasonOf } from "../history/errors.ts";
import { unobserved } from "../history/holes.ts";
import { TransferError } from "./transferError.ts";

/** What is exported. */
export type ExportRequest = {
  /** Null for all. */
  readonly clusters: readonly string[] | null;
  /** Null for all; an upgrade that reaches into this time is exported whole. */
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  readonly now: EpochMs;
  /** Of this program. */
  readonly release: string;
};

/** What was exported. */
export type Exported = {
  clusters: number;
  spans: number;
  notes: number;
  /** So many records are too damaged to be read. */
  unreadable: number;
};

const rowsPerPage = 2_000;
const forEver = Number.MAX_SAFE_INTEGER / 2;
const mostNotes = 100_000;

/**
 * The text of the file, piece by piece. A running server is not held up: a page is read at a time, of each cluster up
 * to what is its newest record when its turn comes.
 *
 * @param exported is counted up
 * @throws TransferError
 */
export async function* exportedText(
  folder: string,
  request: ExportRequest,
  exported: Exported,
): AsyncGenerator<string> {
  const database = openForReading(folder);
  try {
    const clusters = await clustersOf(database, folder, request.clusters);
    const hash = createHash("sha256");
    const told = (lines: readonly unknown[]): string => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      hash.update(text);
      return text;
    };
    const head = { format: historyFileFormat, version: historyFileVersion } as const;
    yield told([
      z.encode(historyFileHeadSchema, {
        ...head,
        madeAt: request.now,
        release: request.release,
      }),
    ]);
    for (const cluster of clusters) {
      exported.clusters += 1;
      // oxlint-disable-next-line no-await-in-loop
      for await (const spans of pagesOf(database, cluster, request, exported)) {
        exported.spans += spans.length;
        yield told(spans.map((span) => ({ cluster, span: z.encode(spanSchema, span) })));
      }
      const range = { from: request.from ?? -forEver, to: request.to ?? forEver };
      // oxlint-disable-next-line no-await-in-loop
      const { notes, unreadable } = await readNotes(database, {
        cluster,
        ...range,
        limit: mostNotes,
      });
      exported.notes += notes.length;
      exported.unreadable += unreadable;
      yield told(notes.map((note) => ({ cluster, note: z.encode(noteSchema, note) })));
    }
    const { spans, notes } = exported;
    yield `${JSON.stringify({ spans, notes, sha256: hash.digest("hex") })}\n`;
  } catch (error) {
    throw error instanceof TransferError
      ? error
      : new TransferError(`The history in ${folder} can't be read: ${reasonOf(error)}.`, {
          cause: error,
        });
  } finally {
    await database.destroy();
  }
}

function openForReading(folder: string): Kysely<Tables> {
  const path = historyPaths(folder).database;
  if (!existsSync(path)) {
    throw new TransferError(
      `There is no history in ${folder}: say with --config or --data where it is.`,
    );
  }
  try {
    const connection = new Database(path, { readonly: true, fileMustExist: true });
    connection.pragma("busy_timeout = 5000");
    checkTexts(connection);
    const made: unknown[] = connection.prepare("select name from kysely_migration").pluck().all();
    const isNewer = made.some((name) => !migrationNames.includes(String(name)));
    if (isNewer || made.length < migrationNames.length) {
      connection.close();
      throw new TransferError(
        isNewer
          ? `The history in ${folder} was written by a newer release of Upgrade Watch; export it with that one.`
          : `The history in ${folder} was written by an older release of Upgrade Watch; start this one on it once, then export it.`,
      );
    }
    return new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  } catch (error) {
    throw error instanceof TransferError
      ? error
      : new TransferError(`The history in ${folder} can't be opened: ${reasonOf(error)}.`, {
          cause: error,
        });
  }
}

async function clustersOf(
  database: Kysely<Tables>,
  folder: string,
  asked: readonly string[] | null,
): Promise<readonly string[]> {
  const rows = await database.selectFrom("span").select(bytesOf("cluster")).distinct().execute();
  const known = rows.map(({ cluster }) => textOf(cluster)).toSorted();
  const missing = (asked ?? []).filter((id) => !known.includes(id));
  if (missing.length > 0) {
    throw new TransferError(
      `There is no history of ${missing.join(", ")} in ${folder}; there is one of ${known.slice(0, 20).join(", ")}${known.length > 20 ? `, and ${known.length - 20} more` : ""}.`,
    );
  }
  return asked === null ? known : known.filter((id) => asked.includes(id));
}

async function* pagesOf(
  database: Kysely<Tables>,
  cluster: string,
  { from, to }: ExportRequest,
  exported: Exported,
): AsyncGenerator<readonly Span[]> {
  const first =
    from === null
      ? 0
      : await cutOf(database, { cluster, before: from, keepFrom: forEver, split: "keep" });
  const { newest } = await database
    .selectFrom("span")
    .select(({ fn }) => fn.max<number>("sequence").as("newest"))
    .where("cluster", "=", cluster)
    .executeTakeFirstOrThrow();
  let before: { readonly sequence: number; readonly span: Span } | undefined;
  let isInUpgrade = false;
  for (let next = first; next <= newest;) {
    // oxlint-disable-next-line no-await-in-loop
    const rows = await spansOf(database, cluster)
      .where("sequence", ">=", next)
      .where("sequence", "<=", newest)
      .orderBy("sequence")
      .limit(rowsPerPage)
      .execute();
    const { records, unreadable } = readable(rows);
    exported.unreadable += unreadable;
    next = (rows.at(-1)?.sequence ?? newest) + 1;
    const spans: Span[] = [];
    for (const record of records) {
      const { sequence, span } = record;
      if (to !== null && span.from > to && !isInUpgrade) {
        next = newest + 1;
        break;
      }
      if (before !== undefined && before.sequence < sequence - 1 && before.span.to < span.from) {
        spans.push(unobserved(before.span, span));
      }
      spans.push(span);
      before = record;
      isInUpgrade = span.kind === "status" ? !isIdle(span.status.state) : isInUpgrade;
    }
    yield spans;
  }
}
