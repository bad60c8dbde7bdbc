import type { Kysely } from "kysely";
import type { Tables } from "./migrations.ts";
import { type SpanRecord, toRow } from "./row.ts";

/** Values of nine columns in each row: a statement stays well below the limit of 32,766 values. */
const rowsPerStatement = 500;

/** Writes spans; one in a place that is taken replaces the one there. */
export async function writeSpans(
  database: Kysely<Tables>,
  records: readonly SpanRecord[],
): Promise<void> {
  for (let start = 0; start < records.length; start += rowsPerStatement) {
    // oxlint-disable-next-line no-await-in-loop
    await database
      .insertInto("span")
      .values(records.slice(start, start + rowsPerStatement).map(toRow))
      .onConflict((conflict) =>
        conflict.columns(["cluster", "sequence"]).doUpdateSet((row) => ({
          starts_at: row.ref("excluded.starts_at"),
          ends_at: row.ref("excluded.ends_at"),
          polls: row.ref("excluded.polls"),
          node: row.ref("excluded.node"),
          kind: row.ref("excluded.kind"),
          body: row.ref("excluded.body"),
          checksum: row.ref("excluded.checksum"),
        })),
      )
      .execute();
  }
}
