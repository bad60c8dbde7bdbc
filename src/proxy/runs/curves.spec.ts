import { describe, expect, it } from "vitest";
import { digestOf, earlierRun } from "../../upgrade/runs/digest.ts";
import type { EarlierRun } from "../../upgrade/runs/earlierRun.ts";
import { runRecords } from "../../upgrade/runs/record.ts";
import { minute, Story } from "../../upgrade/testing/story.ts";
import type { RunAnswer } from "./catalogue.ts";
import { curveReader } from "./curves.ts";
import { runParticulars, runSummary } from "./wire.ts";

/** Four upgrades that took 3, 4, 5 and 6 minutes to prepare, and one in flight. */
const story = new Story().heard("idle");
for (const minutes of [3, 4, 5, 6]) {
  story
    .heard("preparing", minutes * minute, [0, 100])
    .heard("committing")
    .heard("idle", minute);
}
const { spans } = story.heard("preparing", minute, [0, 20]);
const records = runRecords(spans);

function catalogue() {
  const read: string[] = [];
  const run = async (cluster: string, asked: string): Promise<RunAnswer> => {
    const record = asked === "latest" ? records.at(-1) : records.find(({ id }) => id === asked);
    if (record === undefined) {
      return { kind: "unknown-run" };
    }
    read.push(record.id);
    const told = runSummary({ id: cluster, name: "London" }, digestOf(record, spans));
    const rest = { now: story.now, notes: null, revision: "r1", previous: null, next: null };
    return {
      kind: "run",
      run: { ...told, ...runParticulars(record), ...rest },
      zone: "UTC",
      spans,
      unreadable: 0,
    };
  };
  const earlier: readonly EarlierRun[] = records.flatMap(
    (record) => earlierRun("lon", digestOf(record, spans)) ?? [],
  );
  return { read, tools: { run, earlier: () => earlier } };
}

describe("the curves of a run", () => {
  it("are its own and those of the newest earlier ones of its kind, which are read once", async () => {
    const { read, tools } = catalogue();
    const curves = curveReader(tools);
    const answer = await curves("lon", "latest", 2);
    if (answer.kind !== "curves") {
      throw new Error(answer.kind);
    }
    expect(answer.curves).toMatchObject({
      basis: "4 earlier upgrades of this kind and version step on this cluster",
      run: { id: records[4]?.id, to: null, outcome: "in-flight" },
      earlier: [
        { id: records[3]?.id, name: "London", curve: { startedAt: records[3]?.from } },
        { id: records[2]?.id },
      ],
    });
    expect(answer.curves.earlier[0]?.curve.points.at(-1)).toEqual({
      ms: 6 * minute,
      progress: null,
    });
    const again = await curves("lon", "latest", 2);
    expect(again.kind === "curves" && again.revision).toBe(answer.revision);
    expect(read).toEqual([4, 3, 2, 4].map((place) => records[place]?.id));
  });

  it("are never those of later ones, and none where none was asked for", async () => {
    const curves = curveReader(catalogue().tools);
    const second = await curves("lon", records[1]?.id ?? "", 8);
    const ids = second.kind === "curves" ? second.curves.earlier.map(({ id }) => id) : null;
    expect(ids).toEqual([records[0]?.id]);
    const own = await curves("lon", "latest", 0);
    expect(own.kind === "curves" && [own.curves.basis, own.curves.earlier]).toEqual([null, []]);
    expect(await curves("lon", "x", 8)).toEqual({ kind: "unknown-run" });
  });
});
