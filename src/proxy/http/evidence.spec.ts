import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { recordHashHeader, recordingSchema, recordText } from "../../contract/recording.ts";
import { digestOf } from "../../upgrade/runs/digest.ts";
import { runExcerpt } from "../../upgrade/runs/excerpt.ts";
import { runRecords } from "../../upgrade/runs/record.ts";
import { minute, Story } from "../../upgrade/testing/story.ts";
import type { FoundRun } from "../evidence/recording.ts";
import { runParticulars, runSummary } from "../runs/wire.ts";
import { get, now } from "./testing.ts";

function found(story: Story, more: Partial<FoundRun> = {}): FoundRun {
  const { spans } = story;
  const record = runRecords(spans).at(-1);
  if (record === undefined) {
    throw new Error("no run");
  }
  return {
    kind: "run",
    run: {
      ...runSummary({ id: "lon", name: "London" }, digestOf(record, spans)),
      ...runParticulars(record),
      now,
      revision: "r1",
      notes: [],
      previous: null,
      next: null,
    },
    zone: "Europe/London",
    spans: runExcerpt(spans, record),
    unreadable: 0,
    ...more,
  };
}

const story = new Story().heard("idle").heard("preparing", minute, [0, 50]).heard("idle");
const path = "/api/clusters/lon/runs/latest";
const answering = (run: FoundRun) => ({ view: { run: async () => run } });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a run as a JSON file", () => {
  it("has the SHA-256 of its second line, and comes with a name", async () => {
    const run = found(story);
    const response = await get(`${path}.json`, {}, answering(run));
    const text = await response.text();
    const recording = recordingSchema.parse(JSON.parse(text));
    expect(sha256(text.split("\n")[1] ?? "")).toBe(recording.sha256);
    expect(response.headers.get(recordHashHeader)).toBe(recording.sha256);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="upgrade-watch-lon-${run.run.id}.json"`,
    );
    expect(recording.record.spans).toEqual(run.spans);
    expect(recording.record.run.sampling).toEqual(run.run.sampling);
    // A program that lays the file out anew does not change what its hash is over.
    const laidOut = JSON.stringify(JSON.parse(text), null, 2);
    expect([recordText(text), recordText(laidOut)]).toEqual([
      text.split("\n")[1],
      text.split("\n")[1],
    ]);
    expect([recordText("{}"), recordText("no JSON")]).toEqual([null, null]);
  });

  it("has the same hash whenever it is asked for, and another for another record", async () => {
    const hash = async (run: FoundRun, at: number) =>
      (await get(`${path}.json`, {}, { ...answering(run), now: at })).headers.get(recordHashHeader);
    const run = found(story);
    const later = { ...run, run: { ...run.run, now: now + 1, revision: "r2", next: "x" } };
    expect(await hash(later, now + 1)).toBe(await hash(run, now));
    expect(await hash({ ...run, unreadable: 1 }, now)).not.toBe(await hash(run, now));
  });

  it("keeps the newest of more spans than a file holds, and says how many it left out", async () => {
    const run = found(story);
    const [first, second] = run.spans;
    const many = Array.from({ length: 50_001 }, (_, index) => (index % 2 === 0 ? first : second));
    const spans = many.filter((span) => span !== undefined);
    const response = await get(`${path}.json`, {}, answering({ ...run, spans }));
    const text = await response.text();
    const { record } = JSON.parse(text);
    expect([record.spans.length, record.leftOut]).toEqual([50_000, 1]);
    expect(sha256(text.split("\n")[1] ?? "")).toBe(response.headers.get(recordHashHeader));
  });
});
