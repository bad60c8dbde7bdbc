import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HistoryInUseError, HistoryUnavailableError } from "./errors.ts";
import { openStore } from "./store.ts";
import type { Store } from "./store.ts";
import { percentSpan, percentsOf } from "./testing/spans.fixture.ts";

const forEver = Number.MAX_SAFE_INTEGER;
let folder = "";
let store: Store;

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "upgrade-watch-")), "data");
  store = await openStore(folder);
});
afterEach(async () => {
  await store.close();
  rmSync(dirname(folder), { recursive: true });
});

const percent = (sequence: number, cluster = "a") => ({
  cluster,
  sequence,
  span: percentSpan(sequence),
});
const percents = (count: number, cluster = "a") =>
  Array.from({ length: count }, (_, index) => percent(index + 1, cluster));
const read = async (from: number, to = forEver, limit = 1_000) => {
  const { records } = await store.read("a", from, to, limit);
  return percentsOf(records.map(({ span }) => span));
};
const reopen = async (change: () => void) => {
  await store.close();
  change();
  store = await openStore(folder);
};

describe("the store", () => {
  it("gives back what it was given, by cluster, after reopening too", async () => {
    await store.write([...percents(1_200), percent(7, "b")]);
    await reopen(() => undefined);
    expect(await store.newestSequences()).toEqual(
      new Map([
        ["a", 1_200],
        ["b", 7],
      ]),
    );
    const { records, unreadable } = await store.read("a", 0, forEver, 5_000);
    expect(records).toEqual(percents(1_200));
    expect(unreadable).toBe(0);
  });

  it("replaces a span in its place, so that a write may be repeated", async () => {
    await store.write(percents(3));
    const longer = { ...percentSpan(3), to: 9_000, polls: 6 };
    await store.write([...percents(2), { cluster: "a", sequence: 3, span: longer }]);
    const { records } = await store.read("a", 0, forEver, 10);
    expect(records.map(({ span }) => span)).toEqual([percentSpan(1), percentSpan(2), longer]);
  });

  it("reads what overlaps a time, and the span before that holds on into it", async () => {
    await store.write(percents(9));
    expect(await read(3_500, 5_000)).toEqual([3, 4, 5]);
    expect(await read(3_950, 5_000)).toEqual([3, 4, 5]);
    expect(await read(4_000, 4_100)).toEqual([4]);
    expect(await read(100_000)).toEqual([9]);
    expect(await read(0, 100)).toEqual([]);
    expect(await read(0, forEver, 2)).toEqual([8, 9]);
  });

  it("writes all of a batch or nothing", async () => {
    const broken = { ...percent(3), cluster: null };
    await expect(store.write([...percents(2), JSON.parse(JSON.stringify(broken))])).rejects.toThrow(
      "NOT NULL",
    );
    expect(await read(0)).toEqual([]);
    await store.write(percents(2));
    expect(await read(0)).toEqual([1, 2]);
  });

  it("leaves out and counts what was damaged", async () => {
    await store.write(percents(5));
    await reopen(() => {
      const database = new Database(join(folder, "history.sqlite"));
      database.exec("update span set body = replace(body, '3', '8') where sequence = 3");
      database.exec("update span set kind = 'nonsense' where sequence = 4");
      database.close();
    });
    const { records, unreadable } = await store.read("a", 0, forEver, 10);
    expect(percentsOf(records.map(({ span }) => span))).toEqual([1, 2, 5]);
    expect(unreadable).toBe(2);
  });

  it("survives a torn or damaged tail of its journal: all before it stays", async () => {
    for (const record of percents(6)) {
      // oxlint-disable-next-line no-await-in-loop
      await store.write([record]);
    }
    const journal = readFileSync(join(folder, "history.sqlite-wal"));
    const damages = [
      journal.subarray(0, -1),
      journal.subarray(0, -5_000),
      journal.subarray(0, 40),
      Buffer.concat([journal.subarray(0, -3_000), Buffer.alloc(3_000, 7)]),
      Buffer.concat([journal, Buffer.alloc(5_000, 7)]),
    ];
    const counts: number[] = [];
    for (const damaged of damages) {
      const copy = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
      cpSync(join(folder, "history.sqlite"), join(copy, "history.sqlite"));
      writeFileSync(join(copy, "history.sqlite-wal"), damaged);
      // oxlint-disable no-await-in-loop
      const torn = await openStore(copy);
      const { records, unreadable } = await torn.read("a", 0, forEver, 10);
      await torn.write([percent(9)]);
      await torn.close();
      // oxlint-enable no-await-in-loop
      rmSync(copy, { recursive: true });
      expect(records).toEqual(percents(records.length));
      expect(unreadable).toBe(0);
      counts.push(records.length);
    }
    expect(counts).toEqual([5, 5, 0, 5, 6]);
  });

  it("is readable for its owner alone", async () => {
    await store.write(percents(1));
    expect(statSync(folder).mode % 0o1000).toBe(0o700);
    for (const name of readdirSync(folder)) {
      expect([name, statSync(join(folder, name)).mode % 0o100]).toEqual([name, 0]);
    }
  });

  it("refuses a second opening of its folder and names the holder", async () => {
    await expect(openStore(folder)).rejects.toThrow(HistoryInUseError);
    await expect(openStore(folder)).rejects.toThrow(`is in use by process ${process.pid}`);
  });

  it("says in a sentence why it cannot be opened", async () => {
    const other = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
    const path = join(other, "history.sqlite");
    writeFileSync(path, "no database at all ".repeat(1_000));
    const opening = openStore(other);
    await expect(opening).rejects.toThrow(HistoryUnavailableError);
    await expect(opening).rejects.toThrow(
      `The history in ${other} cannot be opened: the file is not a history, or it is damaged.`,
    );
    expect(statSync(path).size).toBe(19_000);
    await expect(openStore(path)).rejects.toThrow("cannot be opened");
    // The failed opening has left the folder free.
    rmSync(path);
    await (await openStore(other)).close();
    rmSync(other, { recursive: true });
  });

  it("refuses what a newer release wrote", async () => {
    await expect(
      reopen(() => {
        const database = new Database(join(folder, "history.sqlite"));
        database.exec("insert into kysely_migration values ('9999-later', '2030-01-01')");
        database.close();
      }),
    ).rejects.toThrow("newer release");
    const database = new Database(join(folder, "history.sqlite"));
    database.exec("delete from kysely_migration where name = '9999-later'");
    database.close();
    store = await openStore(folder);
  });

  it("prunes by age, but for the last day and each cluster's newest span", async () => {
    await store.write([...percents(9), percent(1, "b")]);
    expect(await store.prune(5_000, forEver, 100_000)).toEqual({ deleted: 4, more: false });
    expect(await read(0)).toEqual([5, 6, 7, 8, 9]);
    expect(await store.prune(100_000, forEver, 7_000)).toEqual({ deleted: 2, more: false });
    expect(await store.prune(100_000, forEver, 100_000)).toEqual({ deleted: 2, more: false });
    expect(await read(0)).toEqual([9]);
    expect(await store.newestSequences()).toEqual(
      new Map([
        ["a", 9],
        ["b", 1],
      ]),
    );
  });

  it("prunes by size, the oldest first, in rounds", async () => {
    await store.write(percents(5_000));
    expect(await store.prune(0, 100_000, forEver)).toEqual({ deleted: 2_000, more: true });
    expect((await read(0))[0]).not.toBe(1);
    await store.prune(0, 100_000, forEver);
    await store.prune(0, 100_000, forEver);
    expect(await store.prune(0, 100_000, forEver)).toEqual({ deleted: 0, more: false });
    expect(await read(0)).toEqual([5_000]);
  });
});
