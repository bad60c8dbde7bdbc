import { Migrator } from "kysely";
import type { Kysely, Migration } from "kysely";
import { HistoryDamagedError } from "../errors.ts";
import type { NoteRow } from "./noteRow.ts";
import type { SpanRow } from "./row.ts";

/** The tables of the history. */
export type Tables = { readonly span: SpanRow; readonly note: NoteRow };

/**
 * Every change ever made to the tables, in order. A released one is never edited: add another.
 *
 * No auto-increment key and no SQLite-only types, so that the same steps serve a shared PostgreSQL.
 */
const migrations: Readonly<Record<string, Migration>> = {
  "0001-span": {
    async up(database) {
      await database.schema
        .createTable("span")
        .addColumn("cluster", "text", (column) => column.notNull())
        .addColumn("sequence", "bigint", (column) => column.notNull())
        .addColumn("starts_at", "bigint", (column) => column.notNull())
        .addColumn("ends_at", "bigint", (column) => column.notNull())
        .addColumn("polls", "bigint", (column) => column.notNull())
        .addColumn("node", "text")
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("checksum", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("span_key", ["cluster", "sequence"])
        .execute();
      await database.schema
        .createIndex("span_by_cluster_and_end")
        .on("span")
        .columns(["cluster", "ends_at"])
        .execute();
      await database.schema.createIndex("span_by_end").on("span").column("ends_at").execute();
    },
  },
  "0002-note": {
    async up(database) {
      await database.schema
        .createTable("note")
        .addColumn("cluster", "text", (column) => column.notNull())
        .addColumn("id", "text", (column) => column.notNull())
        .addColumn("pinned_at", "bigint", (column) => column.notNull())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("checksum", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("note_key", ["cluster", "id"])
        .execute();
      await database.schema
        .createIndex("note_by_cluster_and_moment")
        .on("note")
        .columns(["cluster", "pinned_at"])
        .execute();
    },
  },
};

/** The names of all of them. */
export const migrationNames = Object.keys(migrations);

/**
 * Brings the tables up to date, each step in a transaction of its own dialect.
 *
 * @throws when a step fails, or when the tables were written by a newer release; HistoryDamagedError when the list of
 *   the steps that were made can't be what this release, or one after it, has written
 */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && error.message.includes("previously executed migration")) {
    const known = await migrator.getMigrations();
    if (known.some(({ executedAt }) => executedAt === undefined)) {
      throw new HistoryDamagedError("its list of migrations is damaged", { cause: error });
    }
    throw new Error("it was written by a newer release of Upgrade Watch", { cause: error });
  }
  if (error !== undefined) {
    throw error;
  }
}
