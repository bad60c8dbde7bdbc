import fc from "fast-check";
import { Kysely } from "kysely";
import Database from "libsql";
import { expect, it } from "vitest";
import { isIdle } from "../../../upgrade/status.ts";
import { type RunRecord, runRecords } from "../../../upgrade/runs/record.ts";
import type { Span } from "../../../upgrade/span.ts";
import { histories } from "../../../upgrade/testing/histories.ts";
import { idleSpan, percentSpan } from "../testing/spans.fixture.ts";
import { type CutQuestion, cutOf } from "./cut.ts";
import { sqliteDialect } from "./dialect.ts";
import { migrate, type Tables } from "./migrations.ts";
import { toRow } from "./row.ts";

const database = new Kysely<Tables>({ dialect: sqliteDialect(new Database(":memory:")) });
await migrate(database);
let count = 0;

async function cut(
  spans: readonly Span[],
  question: Omit<CutQuestion, "cluster" | "keepFrom"> & { readonly keepFrom?: number },
): Promise<number> {
  count += 1;
  const cluster = `c-${count}`;
  const rows = spans.map((span, index) => toRow({ cluster, sequence: index + 1, span }));
  if (rows.length > 0) {
    await database.insertInto("span").values(rows).execute();
  }
  return (
    (await cutOf(database, { cluster, keepFrom: Number.MAX_SAFE_INTEGER / 2, ...question })) - 1
  );
}

/** What names a run that is gone changes: nothing is left that it could name. */
function withoutLink(records: readonly RunRecord[]): readonly RunRecord[] {
  return records.map((record, index) => (index === 0 ? { ...record, repeats: null } : record));
}

it("leaves every upgrade that it leaves as it was, and nothing that need not be left", async () => {
  const moments = fc.tuple(fc.nat(), fc.nat());
  const split = fc.constantFrom("keep", "drop");
  await fc.assert(
    fc.asyncProperty(histories, moments, split, async (spans, [one, other], split) => {
      const ends = spans.map(({ to }) => to);
      const [before = 0, keepFrom = 0] = [one, other]
        .map((pick) => ends[pick % Math.max(1, ends.length)] ?? 0)
        .toSorted((a, b) => a - b);
      const from = await cut(spans, { before, keepFrom, split });
      const kept = spans.slice(Math.max(0, from));
      const after = runRecords(kept);
      const all = runRecords(spans);
      expect(after).toEqual(withoutLink(all.slice(all.length - after.length)));
      expect(kept.at(-1)).toBe(spans.at(-1));
      const gone = spans.slice(0, Math.max(0, from));
      const limit = split === "keep" ? before : keepFrom;
      expect(gone.every(({ to }) => to < limit)).toBe(true);
      const left = kept.slice(1).findIndex((span) => span.to >= before);
      const idleLeft = kept
        .slice(1, left + 2)
        .some((span) => span.kind === "status" && isIdle(span.status.state));
      const isOld = (kept[0]?.to ?? before) < before;
      expect(isOld && left !== -1 && idleLeft).toBe(false);
    }),
  );
});

const run = (from: number, to: number, width: number): readonly Span[] =>
  Array.from({ length: to - from + 1 }, (_, index) => percentSpan(from + index)).slice(0, width);

it.each([
  ["keep", 1],
  ["drop", 21],
] as const)("%ss an upgrade of which a part is too old", async (split, place) => {
  const spans = [idleSpan(1), idleSpan(2), ...run(3, 21, 19), idleSpan(22), ...run(23, 25, 3)];
  expect(await cut(spans, { before: 10_000, split })).toBe(place);
});

it("takes one that has too many spans whole, and cuts it where it has not ended", async () => {
  const spans = [idleSpan(1), ...run(2, 21, 20)];
  const question = { before: 15_000, split: "keep", mostSpans: 5 } as const;
  expect(await cut([...spans, idleSpan(22), ...run(23, 25, 3)], question)).toBe(21);
  expect(await cut([...spans, ...run(22, 25, 4)], question)).toBe(14);
});

it("spares the upgrade after a silence that has too many spans", async () => {
  const silent = (second: number): Span => ({
    kind: "unreachable",
    from: second * 1_000,
    to: second * 1_000 + 900,
    polls: 1,
    node: null,
    failure: { kind: "refused", message: String(second) },
  });
  const silence = Array.from({ length: 20 }, (_, index) => silent(index + 2));
  const spans = [idleSpan(1), ...silence, ...run(22, 30, 9), idleSpan(31), idleSpan(32)];
  expect(await cut(spans, { before: 15_000, split: "keep", mostSpans: 5 })).toBe(14);
});

it("goes by what came after where a clock was set years ahead, or back", async () => {
  const wrong = (from: number): Span => idleSpan(50, from);
  const before = { before: 5_000, keepFrom: 8_000, split: "keep" } as const;
  const ahead = [idleSpan(1), wrong(1e12), idleSpan(3), idleSpan(9)];
  expect(await cut(ahead, before)).toBe(3);
  const back = [idleSpan(6), wrong(1), idleSpan(9)];
  expect(await cut(back, before)).toBe(0);
});
