import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Note } from "../../contract/notes.ts";
import type { Span } from "../../upgrade/span.ts";
import { minute, start, Story } from "../../upgrade/testing/story.ts";
import { openStore } from "../history/disk/open.ts";
import { idleSpan } from "../history/testing/spans.fixture.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { runCommand } from "./testing.ts";

const forEver = Number.MAX_SAFE_INTEGER;
let folder = "";
let spans: readonly Span[] = [];
const note: Note = {
  id: "n1",
  at: start,
  written: start + minute,
  author: "noc",
  text: "Two lines\nof it",
  withdrawn: null,
};

const startLine = JSON.stringify({
  cluster: "lon",
  span: {
    kind: "unobserved",
    from: new Date(start - minute).toISOString(),
    to: new Date(start).toISOString(),
    polls: 0,
    node: null,
    started: true,
  },
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-transfer-"));
  const story = new Story().heard("idle", minute);
  for (let upgrade = 0; upgrade < 3; upgrade += 1) {
    story
      .heard("preparing", 20 * minute, [0, 99])
      .silent(minute)
      .unwatched(minute);
    story.heard("rebooting", minute).heard("idle", 10 * minute);
  }
  ({ spans } = story);
  const { store } = await openStore(join(folder, "data"), null);
  await store.write([
    ...spans.map((span, index) => ({ cluster: "lon", sequence: index + 1, span })),
    ...spans.slice(0, 50).map((span, index) => ({ cluster: "par", sequence: index + 1, span })),
  ]);
  await store.addNote({ cluster: "lon", note });
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

const exported = (...argv: string[]) => runCommand(exportCommand, ["all.gz", ...argv], folder);
const imported = (...argv: string[]) =>
  runCommand(importCommand, ["all.gz", "--data", "other", ...argv], folder);
async function kept(data: string, cluster: string) {
  const { store } = await openStore(join(folder, data), null);
  const { records } = await store.read(cluster, 0, forEver, 10_000);
  const { notes } = await store.notes({ cluster, from: 0, to: forEver, limit: 10 });
  await store.close();
  return { spans: records.map(({ span }) => span), notes };
}
/** The exported file with other lines, and an end that fits them. */
function rewrite(change: (lines: string[]) => readonly string[], isSealed = true): void {
  const lines = gunzipSync(readFileSync(join(folder, "all.gz")))
    .toString()
    .trim()
    .split("\n");
  const end = lines.pop() ?? "";
  const changed = change(lines).map((line) => `${line}\n`);
  const sha256 = createHash("sha256").update(changed.join("")).digest("hex");
  const count = changed.filter((line) => line.includes('"span":')).length;
  const sealed = JSON.stringify({ spans: count, notes: 1, sha256 });
  writeFileSync(
    join(folder, "all.gz"),
    gzipSync(`${changed.join("")}${isSealed ? sealed : end}\n`),
  );
}

it("moves a history to another place, once, under another id where that is asked for", async () => {
  expect(await exported()).toMatchObject({
    code: 0,
    out: "",
    error: `Exported 2 clusters: ${spans.length + 50} records and 1 note.\n`,
  });
  expect(readdirSync(folder).toSorted()).toEqual(["all.gz", "data"]);
  expect(await imported("--as", "par=paris")).toMatchObject({
    code: 0,
    error: "",
    out: `lon: ${spans.length} records imported (1 note).\nparis: 50 records imported.\n2 clusters read. Start the server to see them.\n`,
  });
  expect(await kept("other", "lon")).toEqual({ spans, notes: [note] });
  expect(await kept("other", "paris")).toEqual({ spans: spans.slice(0, 50), notes: [] });
  expect((await imported("--as", "par=paris")).out).toContain(
    `lon: 0 records imported (${spans.length} records there already; 1 note).`,
  );
  expect(await kept("other", "lon")).toEqual({ spans, notes: [note] });
  expect((await exported()).error).toContain("There is a file all.gz already");
});

it("takes some clusters, and of a time its upgrades as a whole", async () => {
  const second = spans.findIndex(({ from }) => from > start + 40 * minute);
  const at = (place: number): string => new Date(spans[place]?.from ?? 0).toISOString();
  await exported("--clusters", "lon", "--from", at(second), "--to", at(second + 1));
  await imported();
  const { spans: taken } = await kept("other", "lon");
  const states = taken.map((span) => (span.kind === "status" ? span.status.state : span.kind));
  expect(states[0]).toBe("UPGRADE_STATE_IDLE");
  expect(states.at(-1)).toBe("UPGRADE_STATE_IDLE");
  expect(states.filter((state) => state === "UPGRADE_STATE_PREPARING")).toHaveLength(100);
  expect(await kept("other", "par")).toMatchObject({ spans: [] });
});

it("fills in what came before and after a history that was begun anew", async () => {
  await exported("--clusters", "lon");
  const { store } = await openStore(join(folder, "other"), null);
  const middle = spans.slice(120, 140);
  await store.write(middle.map((span, index) => ({ cluster: "lon", sequence: index + 1, span })));
  await store.close();
  expect((await imported()).out).toContain("(20 records there already; 1 note)");
  expect((await kept("other", "lon")).spans).toEqual(spans);
});

it.each([
  ["cut off", () => cutTo(0.5), "it can't be unpacked to its end"],
  ["cut off at a line", () => rewrite((lines) => lines.slice(0, 20), false), "SHA-256 is"],
  ["without its end", () => dropEnd(), "its end is missing"],
  [
    "changed",
    () => rewrite((lines) => swap(lines, '"polls":1,', '"polls":2,'), false),
    "SHA-256 is",
  ],
  [
    "of a newer format",
    () => rewrite((lines) => swap(lines, '"version":1', '"version":2')),
    "reads version 1",
  ],
  ["of another kind", () => writeFileSync(join(folder, "all.gz"), "hello\n"), "is no history"],
  ["empty", () => writeFileSync(join(folder, "all.gz"), ""), "is empty"],
  [
    "with a wrong record",
    () => rewrite((lines) => swap(lines, '"polls":1,', '"polls":"x",')),
    ": this is not what a line",
  ],
  [
    "with a wrong id",
    () => rewrite((lines) => swap(lines, '"lon"', '"../lon"')),
    ": this is not what a line",
  ],
  [
    "with a time that goes back",
    () => rewrite((lines) => swap(lines, '"to":"2026', '"to":"1999')),
    "ends before it begins",
  ],
  [
    "with a negative number of polls",
    () => rewrite((lines) => swap(lines, '"polls":1,', '"polls":-1,')),
    /, line 102: a record is of -1 polls/,
  ],
  [
    "with a part of a poll",
    () => rewrite((lines) => swap(lines, '"polls":1,', '"polls":1.5,')),
    "a record is of 1.5 polls",
  ],
  [
    "with a clock set by ages",
    () => rewrite((lines) => swap(lines, '"polls":1,', '"polls":1,"clockSetMs":-1e15,')),
    "a clock was set by",
  ],
  [
    "with a record twice",
    () => rewrite(([head = "", first = "", ...more]) => [head, first, first, ...more]),
    /, line 3: a record is there for the second time/,
  ],
  [
    "with its records twice, as after another start",
    () => rewrite(([head = "", ...more]) => [head, ...of("lon", more), startLine, ...more]),
    "a record is there for the second time",
  ],
  [
    "with its records reversed",
    () => rewrite(([head = "", ...more]) => [head, ...more.filter(isRecord).toReversed()]),
    /, line 3: a record begins before the one before it has ended/,
  ],
  [
    "with a record that overlaps the next",
    () => rewrite((lines) => swap(lines, '"to":"2026-11-23T12', '"to":"2026-11-23T13')),
    "a record begins before the one before it has ended",
  ],
  [
    "of the future",
    () => rewrite((lines) => lines.map((line) => line.replaceAll('"2026-', '"2027-'))),
    "which is still to come",
  ],
  [
    "with a cluster in two places",
    () => rewrite(([head = "", first = "", ...more]) => [head, ...more, first]),
    "lon twice",
  ],
  ["with more after its end", () => appended("{}\n"), "more after what should be its end"],
  [
    "with a line that never ends",
    () => writeFileSync(join(folder, "all.gz"), gzipSync("x".repeat(9e6))),
    "a line of more than",
  ],
])("refuses a file that is %s, and changes nothing", async (_name, damage, words) => {
  await exported();
  damage();
  const { code, out, error } = await imported();
  expect([code, out]).toEqual([1, ""]);
  expect(error).toMatch(words);
  expect(error).toContain("Nothing was imported.");
  expect(existsSync(join(folder, "other"))).toBe(false);
});

it("moves a history in which a clock was set back, by hand and between two processes", async () => {
  const idle = (from: number, clockSetMs?: number): Span => ({
    ...idleSpan(0, start + from),
    ...(clockSetMs === undefined ? {} : { clockSetMs }),
  });
  const hole: Span = {
    kind: "unobserved",
    from: start - 2 * minute,
    to: start - minute,
    polls: 0,
    node: null,
    started: true,
  };
  const ahead = 10_000 * minute;
  const history = [
    idle(ahead),
    idle(ahead + minute - 3_600_000.5, -3_600_000.5),
    hole,
    idle(-minute),
    idle(minute, minute),
  ].map((span) => ({ ...span, from: Math.floor(span.from), to: Math.floor(span.to) }));
  const { store } = await openStore(join(folder, "set"), null);
  await store.write(history.map((span, index) => ({ cluster: "rom", sequence: index + 1, span })));
  await store.close();
  await exported("--data", "set");
  expect(await imported()).toMatchObject({ code: 0, error: "" });
  expect((await kept("other", "rom")).spans).toEqual(history);
});

it("leaves a history that is in use alone, and one that can't be joined", async () => {
  await exported();
  const { store } = await openStore(join(folder, "other"), null);
  expect(await imported()).toMatchObject({
    code: 1,
    error: expect.stringContaining("is in use by process"),
  });
  const [one, other] = [spans[3], spans[1]].flatMap((span) => span ?? []);
  await store.write(
    [one, other].flatMap((span, index) =>
      span === undefined ? [] : [{ cluster: "par", sequence: index + 1, span }],
    ),
  );
  await store.close();
  expect((await imported()).error).toContain("a clock was set back");
  expect((await kept("other", "lon")).spans).toEqual([]);
});

function isRecord(line: string): boolean {
  return line.includes('"span":');
}

function of(cluster: string, lines: readonly string[]): readonly string[] {
  return lines.filter((line) => isRecord(line) && line.includes(`"${cluster}"`));
}

function cutTo(share: number): void {
  const bytes = readFileSync(join(folder, "all.gz"));
  writeFileSync(join(folder, "all.gz"), bytes.subarray(0, bytes.length * share));
}

function dropEnd(): void {
  const text = gunzipSync(readFileSync(join(folder, "all.gz")))
    .toString()
    .trim();
  writeFileSync(join(folder, "all.gz"), text.slice(0, text.lastIndexOf("\n") + 1));
}

function appended(text: string): void {
  const whole = gunzipSync(readFileSync(join(folder, "all.gz"))).toString();
  writeFileSync(join(folder, "all.gz"), whole + text);
}

function swap(lines: readonly string[], one: string, other: string): readonly string[] {
  const place = lines.findIndex((line) => line.includes(one));
  return lines.map((line, index) => (index === place ? line.replace(one, other) : line));
}
