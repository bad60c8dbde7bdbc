import { Kysely } from "kysely";
import Database from "libsql";
import { expect, it } from "vitest";
import { sqliteDialect } from "./dialect.ts";
import { migrate, type Tables } from "./migrations.ts";
import { addNote } from "./noteTable.ts";

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
