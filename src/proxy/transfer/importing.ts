import type { Kysely } from "kysely";
import type { Note } from "../../contract/notes.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { Tables } from "../history/disk/migrations.ts";
import { keepNote } from "../history/disk/noteTable.ts";
import { openStore } from "../history/disk/open.ts";
import { readable, spansOf } from "../history/disk/stored.ts";
import { writeSpans } from "../history/disk/writing.ts";
import { readContent } from "./fileLines.ts";
import { mergeHistories } from "./merge.ts";
import { TransferError } from "./transferError.ts";

/** What is imported. */
export type ImportRequest = {
  readonly path: string;
  /** How the file is called in what people are told. */
  readonly name: string;
  /** Clusters that are to have another id, by their id in the file. */
  readonly renamed: ReadonlyMap<string, string>;
  /** The present moment: what is dated later is refused. */
  readonly now: EpochMs;
};

/** What was imported of a cluster. */
export type Imported = {
  readonly cluster: string;
  readonly added: number;
  readonly known: number;
  /** Of a time of which there was something else. */
  readonly left: number;
  readonly notes: number;
};

/** A cluster is put together in memory. */
const mostOfOneCluster = 1_000_000;

/**
 * Reads a file into the history of a folder that no server has open: all of it or nothing.
 *
 * @throws TransferError; HistoryInUseError when a server runs on that folder
 */
export async function importHistory(
  folder: string,
  request: ImportRequest,
): Promise<readonly Imported[]> {
  await checkAll(request);
  const { store } = await openStore(folder, null);
  try {
    const imported: Imported[] = [];
    await store.change(async (database) => {
      for await (const part of partsOf(request)) {
        imported.push(await take(database, part, folder));
      }
    });
    return imported;
  } finally {
    await store.close();
  }
}

/** Before anything is opened the file is read to its end: most of what can be wrong with it is found then. */
async function checkAll(request: ImportRequest): Promise<void> {
  const found = new Set<string>();
  for await (const { source } of partsOf(request)) {
    found.add(source);
  }
  const missing = [...request.renamed.keys()].filter((source) => !found.has(source));
  if (missing.length > 0) {
    throw new TransferError(
      `${request.name} holds nothing of ${missing.join(", ")}; it holds ${[...found].join(", ")}.`,
    );
  }
}

/** What a file holds of one cluster. */
type Part = {
  readonly source: string;
  readonly cluster: string;
  readonly spans: readonly Span[];
  readonly notes: readonly Note[];
};

async function* partsOf({ path, name, renamed, now }: ImportRequest): AsyncGenerator<Part> {
  const done = new Set<string>();
  let source: string | null = null;
  let spans: Span[] = [];
  let notes: Note[] = [];
  const part = (of: string): Part => {
    const cluster = renamed.get(of) ?? of;
    if (done.has(cluster)) {
      throw new TransferError(
        `${name} has ${cluster} twice, or in two places: two clusters can't become one.`,
      );
    }
    done.add(cluster);
    return { source: of, cluster, spans, notes };
  };
  for await (const line of readContent(path, name, now)) {
    if (source !== null && source !== line.cluster) {
      yield part(source);
      [spans, notes] = [[], []];
    }
    source = line.cluster;
    if ("span" in line) {
      spans.push(line.span);
    } else {
      notes.push(line.note);
    }
    if (spans.length + notes.length > mostOfOneCluster) {
      throw new TransferError(
        `${name} has more than ${mostOfOneCluster} records of ${source}; export it in parts, with --from and --to.`,
      );
    }
  }
  if (source !== null) {
    yield part(source);
  }
}

async function take(
  database: Kysely<Tables>,
  { cluster, spans, notes }: Part,
  folder: string,
): Promise<Imported> {
  const { records, unreadable } = readable(
    await spansOf(database, cluster).orderBy("sequence").execute(),
  );
  if (unreadable > 0) {
    throw new TransferError(
      `The history of ${cluster} in ${folder} has ${unreadable} damaged records: nothing can be put between them. Import into an empty folder instead.`,
    );
  }
  const merged = mergeHistories(
    records.map(({ span }) => span),
    spans,
  );
  if (merged === null) {
    throw new TransferError(
      `The history of ${cluster} can't be put together with the one in ${folder}: a clock was set back in one of them. Import it under another name, with --as ${cluster}=${cluster}-before.`,
    );
  }
  if (merged.added > 0) {
    await database.deleteFrom("span").where("cluster", "=", cluster).execute();
    await writeSpans(
      database,
      merged.spans.map((span, index) => ({ cluster, sequence: index + 1, span })),
    );
  }
  for (const note of notes) {
    // oxlint-disable-next-line no-await-in-loop
    await keepNote(database, { cluster, note });
  }
  const { added, known, left } = merged;
  return { cluster, added, known, left, notes: notes.length };
}
