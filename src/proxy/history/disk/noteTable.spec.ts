import { Kysely } from "kysely";
import Database from "libsql";
import { expect, it } from "vitest";
import { sqliteDialect } from "./dialect.ts";
import { migrate, type Tables } from "./migrations.ts";
import { addNote, readNotes } from "./noteTable.ts";

it("takes no more notes of a cluster than it may have, and goes on to take those of others", async () => {
  const database = new Kysely<Tables>({ dialect: sqliteDialect(new Database(":memory:")) });
  await migrate(database);
  const add = async (cluster: string, id: string) => {
    const note = { id, at: 1, written: 2, author: "noc", text: id, withdrawn: null };
    return (await addNote(database, { cluster, note }, 2)).kind;
  };
  expect([await add("lon", "a"), await add("lon", "b"), await add("lon", "c")]).toEqual([
    "kept",
    "kept",
    "too-many",
  ]);
  // What is there already is no more than before.
  expect([await add("lon", "a"), await add("par", "c")]).toEqual(["kept", "kept"]);
  await database.destroy();
});

it("is not there where the file may not grow, and is once it may", async () => {
  const connection = new Database(":memory:");
  const database = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  await migrate(database);
  const text = "x".repeat(2_000);
  const note = { id: "a", at: 1, written: 2, author: "noc", text, withdrawn: null };
  connection.exec("pragma max_page_count = 20");
  const fill = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await addNote(database, { cluster: "lon", note: { ...note, id: String(index), at: index } });
    }
  };
  await expect(fill(100)).rejects.toThrow(/full/);
  const all = { cluster: "lon", from: 0, to: 1_000, limit: 1_000 };
  const kept = (await readNotes(database, all)).notes.length;
  connection.exec("pragma max_page_count = 1000");
  await fill(100);
  expect(kept).toBeLessThan(100);
  expect(await readNotes(database, all)).toMatchObject({ notes: { length: 100 }, unreadable: 0 });
  await database.destroy();
});
