import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, minute, polls, second, Story } from "../testing/story.ts";
import { runExcerpt } from "./excerpt.ts";
import { type RunRecord, runRecords } from "./record.ts";

/** What an excerpt must tell of its run as the whole history does. */
function toldBy({ repeats: _one, repeatedBy: _other, anomalies, ...record }: RunRecord) {
  return { ...record, anomalies: anomalies.filter(({ reason }) => reason !== "target-changed") };
}

describe("an excerpt of a history", () => {
  it("tells its run as the whole history does, whatever was heard", () => {
    fc.assert(
      fc.property(polls, (observations) => {
        const spans = fold([], observations);
        for (const record of runRecords(spans)) {
          const again = runRecords(runExcerpt(spans, record));
          const same = again.find(({ id }) => id === record.id);
          expect(same === undefined ? null : toldBy(same)).toEqual(toldBy(record));
        }
      }),
    );
  });

  it("gives of the idle around it one answer each, so that it stays as it is", () => {
    const story = new Story().heard("idle", 10 * minute).heard("preparing", minute, [0, 90]);
    story.version = "7.2.3";
    story.heard("idle", 5 * second);
    const early = story.spans;
    const late = story.heard("idle", 20 * minute).spans;
    const [run] = runRecords(late);
    if (run === undefined) {
      throw new Error("no run");
    }
    const excerpt = runExcerpt(late, run);
    expect(excerpt).toEqual(runExcerpt(early, run));
    expect([excerpt[0], excerpt.at(-1)]).toMatchObject([
      { from: run.from - second, to: run.from - second, polls: 1 },
      { from: run.to, to: run.to, polls: 1, node: null },
    ]);
  });

  it("goes on to the newest answer while the run does, and has nothing for another run", () => {
    const { spans } = new Story().heard("idle").heard("preparing", minute, [0, 50]);
    const [run] = runRecords(spans);
    expect(run && runExcerpt(spans, run).at(-1)).toEqual(spans.at(-1));
    expect(runExcerpt(spans, { from: 1, to: null, proof: null })).toEqual([]);
  });
});
