import { describe, expect, it } from "vitest";
import { type Curves, curvesSchema } from "../../contract/curves.ts";
import { runSchema, runsSchema } from "../../contract/runs.ts";
import { digestOf } from "../../upgrade/runs/digest.ts";
import { runRecords } from "../../upgrade/runs/record.ts";
import { minute, Story } from "../../upgrade/testing/story.ts";
import type { RunAnswer } from "../runs/catalogue.ts";
import type { RunsQuery } from "../runs/query.ts";
import { runParticulars, runSummary } from "../runs/wire.ts";
import { errorOf, get, now } from "./testing.ts";

const { spans } = new Story().heard("idle").heard("preparing", minute, [0, 50]).heard("idle");
const london = { id: "lon", name: "London" };
const told = runRecords(spans).map((record) => ({
  ...runSummary(london, digestOf(record, spans)),
  ...runParticulars(record),
}));

describe("the runs", () => {
  it("are asked for as the query says, of the whole fleet or of one cluster", async () => {
    const asked: RunsQuery[] = [];
    const runs = (query: RunsQuery) => {
      asked.push(query);
      return { runs: { now, complete: true, left: 2, runs: told }, revision: "r1" };
    };
    const changes = { view: { runs } };
    const all = await get("/api/runs", {}, changes);
    await get("/api/runs?cluster=lon&limit=7&from=2026-11-01T00:00:00Z", {}, changes);
    await get("/api/clusters/lon/runs?to=2026-11-01T00:00:00Z", {}, changes);
    await get("/api/runs?outcome=proven,in-flight&q=%20London%20%207.2", {}, changes);
    const november = Date.UTC(2026, 10, 1);
    const usual = { clusters: null, from: null, to: null, outcomes: null, words: [], limit: 100 };
    expect(asked).toEqual([
      usual,
      { ...usual, clusters: ["lon"], from: november, limit: 7 },
      { ...usual, clusters: ["lon"], to: november },
      { ...usual, outcomes: ["in-flight", "proven"], words: ["london", "7.2"] },
    ]);
    const { left, runs: listed } = runsSchema.parse(await all.json());
    expect([left, listed[0]?.outcome.words]).toEqual([
      2,
      "It ended without commit: the old version still runs.",
    ]);
  });

  it.each([
    ["/api/runs?from=yesterday", "The parameter from is no moment such as"],
    ["/api/clusters/lon/runs?to=1", "The parameter to is no moment such as"],
    ["/api/runs?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "from lies after to"],
    ["/api/runs?outcome=proven,good", "outcome is none of in-flight, proven"],
    ["/api/runs?outcome=", "outcome is none of in-flight, proven"],
    ["/api/runs?limit=0", "limit is no number from 1 to 1000"],
    ["/api/runs?limit=1001", "limit is no number from 1 to 1000"],
    ["/api/runs?limit=1e2", "limit is no number from 1 to 1000"],
    ["/api/runs?cluster=lon,par", 'cluster names "par", which is not configured'],
  ])("are refused at %s with the reason", async (path, reason) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toEqual({
      code: "bad-parameter",
      message: expect.stringContaining(reason),
    });
  });

  it("are not sent again while none of them changed", async () => {
    const tag = (await get("/api/runs")).headers.get("etag") ?? "";
    expect((await get("/api/runs", { "if-none-match": tag })).status).toBe(304);
    const runs = () => ({ runs: { now, complete: true, left: 0, runs: [] }, revision: "r2" });
    const other = await get("/api/runs", { "if-none-match": tag }, { view: { runs } });
    expect(other.status).toBe(200);
  });
});

describe("one run", () => {
  const answering = (answer: RunAnswer) => ({ view: { run: async () => answer } });

  it("is told in full, with a tag", async () => {
    const [run] = told;
    if (run === undefined) {
      throw new Error("no run");
    }
    const rest = { previous: null, next: null, notes: null };
    const answer = {
      kind: "run",
      run: { ...run, now, revision: "r1", ...rest },
      zone: "Europe/London",
      spans,
      unreadable: 0,
    } as const;
    const changes = answering(answer);
    const response = await get(`/api/clusters/lon/runs/${run.id}`, {}, changes);
    expect(runSchema.parse(await response.json())).toEqual(answer.run);
    const tag = response.headers.get("etag") ?? "";
    const again = await get("/api/clusters/lon/runs/x", { "if-none-match": tag }, changes);
    expect(again.status).toBe(304);
  });

  it("is 404 where there is none, and 503 while that can't be told", async () => {
    const answers = await Promise.all([
      get("/api/clusters/lon/runs/20261123T120000000Z"),
      get("/api/clusters/par/runs/20261123T120000000Z"),
      get("/api/clusters/lon/runs/x", {}, answering({ kind: "unread", message: "Not yet." })),
    ]);
    expect(
      await Promise.all(
        answers.map(async (answer) => [answer.status, (await errorOf(answer)).code]),
      ),
    ).toEqual([
      [404, "unknown-run"],
      [404, "unknown-cluster"],
      [503, "history-unread"],
    ]);
    expect(answers[2]?.headers.get("retry-after")).toBe("5");
  });
});

describe("the curves of a run", () => {
  const curve = { startedAt: null, startExact: false, startsEarlierMs: null, points: [] };
  const [first] = told;
  if (first === undefined) {
    throw new Error("no run");
  }
  const { outcome, ...rest } = first;
  const curves: Curves = {
    now,
    run: { ...rest, outcome: outcome.kind, curve },
    basis: null,
    earlier: [],
  };

  it("are asked for with as many earlier ones as the query says, and sent once", async () => {
    const asked: unknown[] = [];
    const changes = {
      view: {
        curves: async (...question: readonly unknown[]) => {
          asked.push(question);
          return { kind: "curves", curves, revision: "r1" } as const;
        },
      },
    };
    const response = await get("/api/clusters/lon/runs/latest/curve?earlier=8", {}, changes);
    expect(curvesSchema.parse(await response.json())).toMatchObject({ run: { id: first.id } });
    const tag = response.headers.get("etag") ?? "";
    const again = await get("/api/clusters/lon/runs/x/curve", { "if-none-match": tag }, changes);
    expect(again.status).toBe(304);
    expect(asked).toEqual([
      ["lon", "latest", 8],
      ["lon", "x", 0],
    ]);
  });

  it("are refused for what there is not, and for too many", async () => {
    const answers = await Promise.all([
      get("/api/clusters/lon/runs/latest/curve?earlier=21"),
      get("/api/clusters/lon/runs/latest/curve?earlier=all"),
      get("/api/clusters/lon/runs/latest/curve"),
      get("/api/clusters/par/runs/latest/curve"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 404, 404]);
  });
});
