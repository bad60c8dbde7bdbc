import { describe, expect, it } from "vitest";
import { type Clusters, clustersSchema, type Summary } from "../../contract/api.ts";
import { changesSchema } from "../../contract/changes.ts";
import { openChangeBook, saysTheSame } from "./changes.ts";
import { app, clusters, now, summary } from "./testing.ts";

/** An answer about these clusters, so many milliseconds after the first. */
function answerOf(changes: readonly Partial<Summary>[], laterMs = 0): Clusters {
  return {
    ...clusters,
    now: now + laterMs,
    clusters: changes.map((change) => ({ ...summary, ...change })),
  };
}

const three = [{ id: "a" }, { id: "b", ageMs: null }, { id: "c" }];

describe("what changed since an earlier answer", () => {
  it("is everything without a mark, with one of another book, and with none that was given", () => {
    const book = openChangeBook();
    const { mark } = openChangeBook().changesIn(answerOf(three), "");
    for (const since of ["", mark, "nonsense", ".", `${mark.split(".")[0]}.99`]) {
      const told = book.changesIn(answerOf(three), since);
      expect(told.isWhole, since).toBe(true);
      expect(told.clusters.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    }
  });

  it("is only what says another thing, and the age of all", () => {
    const book = openChangeBook();
    const first = book.changesIn(answerOf(three), "");
    const next = answerOf(
      [
        { id: "a", ageMs: 40, observedAt: now, latencyMs: 3 },
        { id: "b", ageMs: null },
        { id: "c", progress: 38 },
      ],
      1000,
    );
    const told = book.changesIn(next, first.mark);
    expect(told).toMatchObject({ isWhole: false, now: now + 1000, agesMs: [40, null, 500] });
    expect(told.clusters.map(({ id, progress }) => [id, progress])).toEqual([["c", 38]]);
    expect(book.changesIn(next, told.mark).clusters).toEqual([]);
  });

  it("leaves nothing out for a viewer who missed some answers", () => {
    const book = openChangeBook();
    const { mark } = book.changesIn(answerOf(three), "");
    book.changesIn(answerOf([{ id: "a", progress: 40 }, ...three.slice(1)], 1000), mark);
    const last = answerOf(
      [{ id: "a", progress: 40 }, { id: "b", headline: "Idle" }, { id: "c" }],
      2000,
    );
    expect(book.changesIn(last, mark).clusters.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("is everything once clusters came, went or changed places", () => {
    const book = openChangeBook();
    const { mark } = book.changesIn(answerOf(three), "");
    const fewer = book.changesIn(answerOf([{ id: "c" }, { id: "a" }], 1000), mark);
    expect(fewer.isWhole).toBe(true);
    expect(fewer.clusters.map(({ id }) => id)).toEqual(["c", "a"]);
    expect(book.changesIn(answerOf([{ id: "c" }, { id: "a" }], 2000), fewer.mark).clusters).toEqual(
      [],
    );
  });
});

describe("two summaries say the same", () => {
  const node = {
    url: "https://a:8000",
    answered: true,
    since: now,
    state: null,
    heardAt: now,
    version: null,
    reason: null,
  };

  it.each<[string, Partial<Summary>]>([
    ["headline", { headline: "Prepared" }],
    ["label", { labels: { site: "paris" } }],
    ["node", { nodes: [{ ...node, answered: false }] }],
    ["node that went", { nodes: [] }],
    ["revision", { revision: "r2" }],
  ])("not with another %s", (_, change) => {
    const one = { ...summary, nodes: [node] };
    expect(saysTheSame(one, { ...one, ...change })).toBe(false);
  });

  it("whenever they were heard", () => {
    const one = { ...summary, nodes: [node] };
    const later = { ...one, ageMs: 7, observedAt: now + 1, nodes: [{ ...node, heardAt: now + 1 }] };
    expect(saysTheSame(one, later)).toBe(true);
  });
});

describe("/api/clusters", () => {
  it("answers with the changes where it is asked since when", async () => {
    const served = app();
    const get = (path: string) => served.request(`http://127.0.0.1:4600${path}`);
    const first = changesSchema.parse(await (await get("/api/clusters?since=")).json());
    expect(first).toMatchObject({ isWhole: true, agesMs: [500] });
    const since = encodeURIComponent(first.mark);
    const second = changesSchema.parse(await (await get(`/api/clusters?since=${since}`)).json());
    expect(second).toMatchObject({ isWhole: false, clusters: [], mark: first.mark });
    expect(clustersSchema.parse(await (await get("/api/clusters")).json()).clusters).toHaveLength(
      1,
    );
  });
});
