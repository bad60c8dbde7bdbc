import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { recordHashHeader, recordingSchema, recordText } from "../../contract/recording.ts";
import { minute, Story } from "../../upgrade/testing/story.ts";
import type { FoundRun } from "../evidence/recording.ts";
import { foundIn } from "../evidence/testing.ts";
import { app, get, now } from "./testing.ts";

const story = new Story().heard("idle").heard("preparing", minute, [0, 50]).heard("idle");
const path = "/api/clusters/lon/runs/latest";
const answering = (run: FoundRun) => ({ view: { run: async () => run } });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a run as a JSON file", () => {
  it("has the SHA-256 of its second line, and comes with a name", async () => {
    const run = foundIn(story);
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
    const run = foundIn(story);
    const later = { ...run, run: { ...run.run, now: now + 1, revision: "r2", next: "x" } };
    expect(await hash(later, now + 1)).toBe(await hash(run, now));
    expect(await hash({ ...run, unreadable: 1 }, now)).not.toBe(await hash(run, now));
  });

  it("keeps the newest of more spans than a file holds, and says how many it left out", async () => {
    const run = foundIn(story);
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

describe("a run for a ticket and for a spreadsheet", () => {
  it.each([
    ["md", "text/markdown; charset=utf-8", "# Upgrade of London"],
    ["csv", "text/csv; charset=utf-8; header=present", "\ufeffsection,what,text"],
  ])("comes as .%s with a name, and names the hash of the JSON file", async (form, type, start) => {
    const run = foundIn(story);
    const { headers } = await get(`${path}.json`, {}, answering(run));
    const response = await get(`${path}.${form}`, {}, answering(run));
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-disposition")).toContain(`${run.run.id}.${form}"`);
    expect(text.slice(0, start.length)).toBe(start);
    expect(text).toContain(headers.get(recordHashHeader));
  });

  it("is asked for by the endings that there are, and by no others", async () => {
    const asked: string[] = [];
    const run = async (_cluster: string, id: string) => {
      asked.push(id);
      return { kind: "unknown-run" } as const;
    };
    for (const ending of [".md", ".csv", ".json", ".exe", ".json.md", ""]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await get(`${path}${ending}`, {}, { view: { run } })).status).toBe(404);
    }
    expect(asked).toEqual(["latest", "latest", "latest", "latest.exe", "latest.json", "latest"]);
  });
});

describe("files of runs", () => {
  it("are made one after the other, and those who come when too many wait are told so", async () => {
    let making = 0;
    let most = 0;
    const answers = foundIn(story);
    const run = async () => {
      making += 1;
      most = Math.max(most, making);
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      making -= 1;
      return answers;
    };
    const { request } = app({ view: { run } });
    const files = await Promise.all(
      Array.from({ length: 20 }, async () => request(`http://127.0.0.1:4600${path}.md`)),
    );
    expect(most).toBe(1);
    const statuses = files.map(({ status }) => status);
    expect(statuses).toEqual([...Array.from({ length: 16 }, () => 200), 429, 429, 429, 429]);
    expect(files.at(-1)?.headers.get("retry-after")).toBe("2");
    expect((await request(`http://127.0.0.1:4600${path}.md`)).status).toBe(200);
  });
});
