/** How rows are read, whatever is in them. */
import { type Kysely, sql } from "kysely";
import type { Tables } from "./migrations.ts";
import { fromRow } from "./row.ts";
import type { SpanRecord, SpanRow } from "./row.ts";

/** What was read, and how many rows in it were too damaged to be read. */
export type Reading = { readonly records: readonly SpanRecord[]; readonly unreadable: number };

/** A row as it is read: texts as their bytes. */
export type StoredRow = Omit<SpanRow, "cluster" | "node" | "kind" | "body"> & {
  readonly cluster: Uint8Array;
  readonly node: Uint8Array | null;
  readonly kind: Uint8Array;
  readonly body: Uint8Array;
};

/** A column of text as its bytes: the driver ends the whole process over a text that is not UTF-8. */
export function bytesOf<Column extends "cluster" | "node" | "kind" | "body">(column: Column) {
  return sql<StoredRow[Column]>`cast(${sql.ref(column)} as blob)`.as(column);
}

/** The rows of a cluster, to be narrowed down. */
export function spansOf(database: Kysely<Tables>, cluster: string) {
  return database
    .selectFrom("span")
    .select(["sequence", "starts_at", "ends_at", "polls", "checksum"])
    .select([bytesOf("cluster"), bytesOf("node"), bytesOf("kind"), bytesOf("body")])
    .where("cluster", "=", cluster);
}

/** The spans that rows keep, in their order. */
export function readable(rows: readonly StoredRow[]): Reading {
  const records = rows.flatMap((row) => {
    const { cluster, node, kind, body } = row;
    const texts = { cluster: textOf(cluster), kind: textOf(kind), body: textOf(body) };
    return fromRow({ ...row, ...texts, node: node === null ? null : textOf(node) }) ?? [];
  });
  return { records, unreadable: rows.length - records.length };
}

/** What is not UTF-8 in it is replaced, and so fails the checksum. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
