import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HistoryDamagedError, HistoryInUseError, HistoryRemovedError } from "../errors.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";
import { percentSpan, percentsOf } from "../testing/spans.fixture.ts";

const forEver = Number.MAX_SAFE_INTEGER;
let folder = "";
let store: Store;

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "upgrade-watch-")), "data");
  ({ store } = await openStore(folder, null));
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
  ({ store } = await openStore(folder, null));
};

describe("the store", () => {
  it("gives back what it was given, by cluster, after reopening too", async () => {
    await store.write([...percents(1_200), percent(7, "b")]);
    await reopen(() => undefined);
    expect(await store.newest()).toEqual(
      new Map([
        ["a", { sequence: 1_200, to: 1_200_900 }],
        ["b", { sequence: 7, to: 7_900 }],
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
      const { store: torn } = await openStore(copy, null).catch((error: unknown) => {
        expect(error).toBeInstanceOf(HistoryDamagedError);
        return openStore(copy, String(error));
      });
      const { records, unreadable } = await torn.read("a", 0, forEver, 10);
      await torn.write([percent(9)]);
      await torn.close();
      // oxlint-enable no-await-in-loop
      rmSync(copy, { recursive: true });
      expect(records).toEqual(percents(records.length));
      expect(unreadable).toBe(0);
      counts.push(records.length);
    }
    expect(counts).toEqual([5, 5, 0, 6, 6]);
  });

  it("is readable for its owner alone, also after a salvage", async () => {
    const modes = () =>
      readdirSync(folder).map((name) => (statSync(join(folder, name)).mode % 0o1000).toString(8));
    await store.write(percents(1));
    expect(statSync(folder).mode % 0o1000).toBe(0o700);
    expect(new Set(modes())).toEqual(new Set(["600"]));
    await store.close();
    ({ store } = await openStore(folder, "a test"));
    expect(modes().length).toBeGreaterThan(5);
    expect(new Set(modes())).toEqual(new Set(["600"]));
  });

  it("does not write to files that are in its folder no more", async () => {
    await store.write(percents(1));
    const path = join(folder, "history.sqlite");
    renameSync(path, `${path}.old`);
    await expect(store.write([percent(2)])).rejects.toThrow(HistoryRemovedError);
    writeFileSync(path, "");
    await expect(store.write([percent(2)])).rejects.toThrow("its files were removed");
    rmSync(path);
    renameSync(`${path}.old`, path);
    await store.write([percent(2)]);
    expect(await read(0)).toEqual([1, 2]);
  });

  it("ends a salvage that was killed between its last steps, and begins another anew", async () => {
    await store.write(percents(3));
    await reopen(() =>
      renameSync(join(folder, "history.sqlite"), join(folder, "history.salvaged.sqlite")),
    );
    expect(await read(0)).toEqual([1, 2, 3]);
    await reopen(() => writeFileSync(join(folder, "history.salvaged.sqlite"), "half of it"));
    expect(await read(0)).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).not.toContain("history.salvaged.sqlite");
  });

  it("reads a damaged text as damaged, though its driver would end the process over it", async () => {
    await store.write(percents(3));
    await reopen(() => {
      const path = join(folder, "history.sqlite");
      const bytes = readFileSync(path);
      bytes.fill(0xff, bytes.indexOf('"progress":2'), bytes.indexOf('"progress":2') + 3);
      writeFileSync(path, bytes);
    });
    const { records, unreadable } = await store.read("a", 0, forEver, 10);
    expect(records).toEqual([percent(1), percent(3)]);
    expect(unreadable).toBe(1);
  });

  it("refuses a second opening of its folder and names the holder", async () => {
    await expect(openStore(folder, null)).rejects.toThrow(HistoryInUseError);
    await expect(openStore(folder, null)).rejects.toThrow(`is in use by process ${process.pid}`);
  });

  it("says why it can't be opened, and leaves the folder free", async () => {
    const path = join(dirname(folder), "other", "history.sqlite");
    mkdirSync(dirname(path));
    const content = "no database at all ".repeat(1_000);
    writeFileSync(path, content);
    await expect(openStore(dirname(path), null)).rejects.toThrow(
      new HistoryDamagedError("the file does not begin as a history does"),
    );
    expect(readFileSync(path, "utf8")).toBe(content);
    await expect(openStore(path, null)).rejects.toThrow("EEXIST");
    rmSync(path);
    await (await openStore(dirname(path), null)).store.close();
  });

  it("refuses what a newer release wrote, and leaves it alone", async () => {
    const path = join(folder, "history.sqlite");
    const change = (statement: string): void => {
      const database = new Database(path);
      database.exec(statement);
      database.pragma("wal_checkpoint(truncate)");
      database.close();
    };
    await store.write(percents(3));
    await store.close();
    change("insert into kysely_migration values ('9999-later', '2030-01-01')");
    const before = readFileSync(path);
    await expect(openStore(folder, null)).rejects.toThrow(
      new Error("it was written by a newer release of Upgrade Watch"),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    change("delete from kysely_migration where name = '9999-later'");
    ({ store } = await openStore(folder, null));
    expect(await read(0)).toEqual([1, 2, 3]);
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
    ({ store } = await openStore(folder, null));
  });
});
