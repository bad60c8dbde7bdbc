import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runRecords } from "../../../upgrade/runs/record.ts";
import { hour, minute, Story } from "../../../upgrade/testing/story.ts";
import { idleSpan, percentSpan, percentsOf } from "../testing/spans.fixture.ts";
import { openStore } from "./open.ts";
import { type PruneLimits, type PrunePlace, type Pruning, pruningBegins } from "./pruning.ts";
import type { SpanRecord } from "./row.ts";
import type { Store } from "./store.ts";

const forEver = Number.MAX_SAFE_INTEGER;
let folder = "";
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  ({ store } = await openStore(folder, null));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const bytes = () =>
  statSync(join(folder, "history.sqlite")).size + statSync(join(folder, "history.sqlite-wal")).size;
const read = async (cluster = "a") => {
  const { records } = await store.read(cluster, 0, forEver, 30_000);
  return records.map(({ span }) => span);
};
const idles = (count: number, cluster = "a"): readonly SpanRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    cluster,
    sequence: index + 1,
    span: idleSpan(index + 1),
  }));
const roundsOf = async (limits: Partial<PruneLimits>): Promise<readonly Pruning[]> => {
  const rounds: Pruning[] = [];
  for (let place: PrunePlace | null = pruningBegins; place !== null;) {
    const all = { olderThan: 0, maxBytes: forEver, keepFrom: forEver, ...limits };
    // oxlint-disable-next-line no-await-in-loop
    const round: Pruning = await store.prune(all, place);
    rounds.push(round);
    place = round.next;
  }
  return rounds;
};
const prune = async (limits: Partial<PruneLimits>): Promise<number> =>
  (await roundsOf(limits)).reduce((sum, { deleted }) => sum + deleted, 0);

describe("pruning", () => {
  it("goes by age, but for the last day and each cluster's newest span", async () => {
    await store.write([...idles(9), ...idles(1, "b")]);
    expect(await prune({ olderThan: 5_000, keepFrom: 100_000 })).toBe(4);
    expect(percentsOf(await read())).toEqual([5, 6, 7, 8, 9]);
    expect(await prune({ olderThan: 100_000, keepFrom: 7_000 })).toBe(2);
    expect(await prune({ olderThan: 100_000, keepFrom: 100_000 })).toBe(2);
    expect(percentsOf(await read())).toEqual([9]);
    expect(
      [...(await store.newest())].map(([cluster, { sequence }]) => [cluster, sequence]),
    ).toEqual([
      ["a", 9],
      ["b", 1],
    ]);
  });

  it("goes by size, the oldest first, in rounds, until the files are that small", async () => {
    await store.write(idles(20_000));
    expect(bytes()).toBeGreaterThan(5_000_000);
    const rounds = await roundsOf({ maxBytes: 2_000_000 });
    expect(rounds.every(({ deleted }) => deleted <= 2_000)).toBe(true);
    expect(bytes()).toBeLessThanOrEqual(2_000_000);
    const kept = percentsOf(await read());
    expect(kept.length).toBeGreaterThan(2_000);
    expect([kept[0], kept.at(-1)]).toEqual([20_001 - kept.length, 20_000]);
  });

  it("takes nothing of the last day for the size, and says by how much it is too large", async () => {
    await store.write(idles(5_000));
    const rounds = await roundsOf({ maxBytes: 1, keepFrom: 4_999_000 });
    expect(percentsOf(await read())).toEqual([4_999, 5_000]);
    expect(Math.max(...rounds.map(({ excessBytes }) => excessBytes))).toBeGreaterThan(4_000);
  });

  it(
    "leaves every upgrade that it leaves as it was, and reaches the size all the same",
    {
      timeout: 60_000,
    },
    async () => {
      const clusters = ["a", "b", "c"].map((cluster, place) => {
        const story = new Story();
        story.heard("idle", (place + 1) * 10 * minute);
        for (let upgrade = 0; upgrade < 12; upgrade += 1) {
          story.heard("preparing", 20 * minute, [0, 99]).heard("committing", minute);
          story.silent(2 * minute).heard("rebooting", 5 * minute);
          story
            .heard("idle", 4 * hour)
            .silent(place * minute)
            .heard("idle", minute);
        }
        return { cluster, story, before: runRecords(story.spans) };
      });
      await store.write(
        clusters.flatMap(({ cluster, story }) =>
          story.spans.map((span, index) => ({ cluster, sequence: index + 1, span })),
        ),
      );
      const end = Math.max(...clusters.map(({ story }) => story.now));
      const maxBytes = bytes() / 4;
      const rounds = await roundsOf({ maxBytes, keepFrom: end - hour });
      expect(bytes()).toBeLessThanOrEqual(maxBytes);
      expect(rounds.every(({ excessBytes }) => excessBytes === 0)).toBe(true);
      for (const { cluster, before } of clusters) {
        // oxlint-disable-next-line no-await-in-loop
        const after = runRecords(await read(cluster));
        expect(after.length).toBeGreaterThan(0);
        expect(after.length).toBeLessThan(before.length);
        expect(after).toEqual(before.slice(-after.length));
      }
    },
  );

  it("cuts an upgrade that never ends once it has too many spans", async () => {
    const spans = Array.from({ length: 25_000 }, (_, index) => percentSpan(index + 1));
    await store.write(spans.map((span, index) => ({ cluster: "a", sequence: index + 1, span })));
    expect(await prune({ olderThan: 10_000_000 })).toBe(0);
    expect(await prune({ olderThan: 22_000_000 })).toBe(21_999);
  });
});
