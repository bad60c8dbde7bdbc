import { expect, it } from "vitest";
import { digestOf } from "../../upgrade/runs/digest.ts";
import { runRecords } from "../../upgrade/runs/record.ts";
import { minute, Story } from "../../upgrade/testing/story.ts";
import { readInFull } from "./inFull.ts";

const story = new Story().heard("idle", minute).heard("preparing", 20 * minute, [0, 99]);
story.version = "7.2.3";
const { spans } = story.heard("idle", minute).heard("preparing", minute, [0, 9]);
const records = runRecords(spans);
const [record] = records;
const stored = spans.map((span, index) => ({ cluster: "lon", sequence: index + 1, span }));

/** A history that has lost some places. */
function history(lost: readonly number[], unreadable = 0) {
  const asked: number[] = [];
  return {
    asked,
    unreadable: () => unreadable,
    page: async (_cluster: string, before: number | null, limit: number) => {
      asked.push(limit);
      const older = stored.filter(({ sequence }) => before === null || sequence < before);
      return older.slice(-limit).filter(({ sequence }) => !lost.includes(sequence));
    },
  };
}

it("reads a run from disk as it was in memory, and counts what is damaged", async () => {
  if (record === undefined) {
    throw new Error("no run");
  }
  const digest = digestOf(record, spans);
  const last = spans.findIndex(({ from }) => from === record.to) + 1;
  const where = { kind: "stored", digest, first: 1, last } as const;
  const here = await readInFull(history([]), "lon", { kind: "here", record, spans }, 1);
  const whole = await readInFull(history([]), "lon", where, 1);
  expect(whole?.spans).toEqual(here?.spans);
  expect([here?.unreadable, whole?.unreadable]).toEqual([0, 0]);
  expect(whole?.record).toEqual(record);

  const damaged = await readInFull(history([7, 8]), "lon", where, 1);
  expect(damaged?.unreadable).toBe(2);
  expect(damaged?.spans.filter(({ kind }) => kind === "unobserved")).toHaveLength(1);
  // In memory it is not known whose records they were.
  const maybe = await readInFull(history([], 2), "lon", { kind: "here", record, spans }, 1);
  expect(maybe?.unreadable).toBeNull();
});

it("reads a long run piece by piece, every place once", async () => {
  const many = Array.from({ length: 2_500 }, (_, index) => ({
    cluster: "lon",
    sequence: index + 1,
    span: { kind: "unobserved", from: index, to: index + 1, polls: 0, node: null } as const,
  }));
  const pieces: number[] = [];
  const page = async (_cluster: string, before: number | null, limit: number) => {
    const older = many.filter(({ sequence }) => sequence < (before ?? Infinity)).slice(-limit);
    pieces.push(older.length);
    return older;
  };
  if (record === undefined) {
    throw new Error("no run");
  }
  const where = {
    kind: "stored",
    digest: digestOf(record, spans),
    first: 101,
    last: 2_400,
  } as const;
  await readInFull({ page, unreadable: () => 0 }, "lon", where, 1);
  expect(pieces).toEqual([1_000, 1_000, 300]);
});
