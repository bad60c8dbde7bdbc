import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Note } from "../../contract/notes.ts";
import { append, historyRig } from "./testing/rig.fixture.ts";
import { percentSpan } from "./testing/spans.fixture.ts";

const cluster = "lon-prod-1";
const rig = historyRig();
const all = { cluster, from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100 };

function note(id: string, at: number, more: Partial<Note> = {}): Note {
  return { id, at, written: at + 5, author: "noc", text: `Note ${id}`, withdrawn: null, ...more };
}

describe("notes", () => {
  it("are kept over a restart, told by their moment, and never of another cluster", async () => {
    const history = await rig.open();
    const hostile = note("b", 2_000, { text: "'; drop table note; --\n\u{1f680}\u0000 ‹U+202E›" });
    await history.notes.add({ cluster, note: hostile });
    await history.notes.add({ cluster, note: note("a", 3_000) });
    await history.notes.add({ cluster: "par", note: note("a", 3_000) });
    await history.close();
    const again = await rig.open();
    expect(await again.notes.read(all)).toEqual({
      notes: [hostile, note("a", 3_000)],
      unreadable: 0,
    });
    const some = async (more: Partial<typeof all>) =>
      (await again.notes.read({ ...all, ...more })).notes.map(({ id }) => id);
    expect(await some({ from: 2_001 })).toEqual(["a"]);
    expect(await some({ to: 2_000 })).toEqual(["b"]);
    expect(await some({ limit: 1 })).toEqual(["a"]);
    await again.notes.add({ cluster, note: note("0", 2_000, { written: 9_000 }) });
    expect(await some({})).toEqual(["b", "0", "a"]);
    await again.close();
  });

  it("are kept once, however often they are sent; and are withdrawn by their author alone, once", async () => {
    const history = await rig.open();
    const { notes } = history;
    const first = note("a", 2_000);
    expect(await notes.add({ cluster, note: first })).toEqual({ kind: "kept", note: first });
    const sentAgain = { ...first, id: "b", written: 9_000 };
    expect(await notes.add({ cluster, note: sentAgain })).toEqual({ kind: "kept", note: first });
    expect(await notes.withdraw(cluster, "a", "ann", 5_000)).toEqual({ kind: "not-yours" });
    expect(await notes.withdraw(cluster, "x", "noc", 5_000)).toEqual({ kind: "unknown" });
    expect(await notes.withdraw("par", "a", "noc", 5_000)).toEqual({ kind: "unknown" });
    const withdrawn = { ...first, withdrawn: { by: "noc", at: 5_000 } };
    expect(await notes.withdraw(cluster, "a", "noc", 5_000)).toEqual({
      kind: "kept",
      note: withdrawn,
    });
    expect(await notes.withdraw(cluster, "a", "noc", 6_000)).toEqual({
      kind: "kept",
      note: withdrawn,
    });
    // What was withdrawn may be said again.
    await notes.add({ cluster, note: sentAgain });
    expect((await notes.read(all)).notes).toEqual([withdrawn, sentAgain]);
    await history.close();
  });

  it("go with the history of their time, and no sooner", async () => {
    const history = await rig.open();
    const idle = { state: "UPGRADE_STATE_IDLE", progress: null, settings: null, error_info: null };
    const spans = [1, 2, 3].map((place) => ({ ...percentSpan(place), status: idle }));
    await history.record(cluster, { kind: "append", spans });
    await history.notes.add({ cluster, note: note("old", 1_500) });
    await history.notes.add({ cluster, note: note("new", 3_000) });
    await history.notes.add({ cluster: "par", note: note("other", 1_500) });
    await history.prune(500, 1e9);
    expect((await history.notes.read(all)).notes).toHaveLength(2);
    await history.prune(2_950, 1e9);
    expect((await history.notes.read(all)).notes.map(({ id }) => id)).toEqual(["new"]);
    await history.close();
  });

  it("outlive damage to the file, and one that is damaged itself is counted and left out", async () => {
    const history = await rig.open();
    await history.record(cluster, append(1, 2));
    await history.notes.add({ cluster, note: note("a", 1_000) });
    await history.notes.add({ cluster, note: note("b", 2_000) });
    await history.notes.withdraw(cluster, "a", "noc", 3_000);
    await history.close();
    const path = join(rig.folder, "history.sqlite");
    const bytes = readFileSync(path);
    bytes.write("Note x", bytes.indexOf("Note b"));
    writeFileSync(path, bytes);
    const again = await rig.open();
    expect(await again.notes.read(all)).toMatchObject({ notes: [{ id: "a" }], unreadable: 1 });
    await again.notes.read(all);
    expect(rig.problems.filter((problem) => problem.includes("1 note on lon-prod-1"))).toHaveLength(
      1,
    );
    expect(again.notices().map(({ code }) => code)).toEqual(["notes-incomplete"]);
    await again.close();
    bytes.write("Note b", bytes.indexOf("Note x"));
    bytes.write("no SQLite", 0);
    writeFileSync(path, bytes);
    const salvaged = await rig.open();
    expect(salvaged.notices().map(({ code }) => code)).toContain("history-damaged");
    expect((await salvaged.notes.read(all)).notes).toEqual([
      note("a", 1_000, { withdrawn: { by: "noc", at: 3_000 } }),
      note("b", 2_000),
    ]);
    await salvaged.close();
  });

  it("are refused with the reason while the history can't be written", async () => {
    const data = join(rig.folder, "data");
    const history = await rig.open({ folder: data, reopenAfterMs: 60_000 });
    rmSync(data, { recursive: true });
    const attempt = history.notes.add({ cluster, note: note("a", 1) });
    await expect(attempt).rejects.toThrow("its files were removed");
    await history.close();
  });
});
