import { describe, expect, it } from "vitest";
import { historySchema } from "../../contract/spans.ts";
import { mostSpans } from "./mostSpans.ts";
import type { FleetView } from "./fleetView.ts";
import { errorOf, get, now, spans } from "./testing.ts";

describe("history", () => {
  it("asks for the last 24 hours unless told otherwise", async () => {
    const asked: (string | number)[][] = [];
    const history: FleetView["history"] = async (...parameters) => {
      asked.push(parameters);
      return { now, revision: "r1", spans: [] };
    };
    const changes = { view: { history } };
    await get("/api/clusters/lon/history", {}, changes);
    await get("/api/clusters/lon/history?to=2026-11-01T00:00:00.000Z", {}, changes);
    await get("/api/clusters/lon/history?from=2026-11-23T13:00:00%2B02:00", {}, changes);
    const november = Date.parse("2026-11-01T00:00:00Z");
    expect(asked).toEqual([
      ["lon", now - 86_400_000, now],
      ["lon", november - 86_400_000, november],
      ["lon", now - 3_600_000, now],
    ]);
  });

  it("sends spans with an ETag by revision, and 304 while there is no new one", async () => {
    const first = await get("/api/clusters/lon/history");
    const tag = first.headers.get("etag") ?? "";
    expect(historySchema.parse(await first.json()).spans).toEqual(spans(3));
    const same = await get("/api/clusters/lon/history", { "if-none-match": tag });
    expect([same.status, await same.text()]).toEqual([304, ""]);
    expect(same.headers.get("etag")).toBe(tag);
    const other = await get(
      "/api/clusters/lon/history",
      { "if-none-match": tag },
      {
        view: { history: async () => ({ now, revision: 'r2 "é"', spans: [] }) },
      },
    );
    expect(other.status).toBe(200);
    expect(other.headers.get("etag")).not.toBe(tag);
  });

  it("sends the newest spans only, and says what it left out", async () => {
    const all = spans(mostSpans + 5);
    const response = await get(
      "/api/clusters/lon/history",
      {},
      {
        view: { history: async () => ({ now, revision: "r1", spans: all }) },
      },
    );
    const history = historySchema.parse(await response.json());
    expect(history.spans).toHaveLength(mostSpans);
    expect(history.spans.at(-1)).toEqual(all.at(-1));
    expect(history.cutBefore).toBe(all[5]?.from);
  });

  it.each([
    "from=yesterday",
    "to=1e999",
    "from=",
    "from=2026-11-23",
    "from=2026-13-01T00:00:00Z",
    "from=2026-11-23T12:00:00Z&to=2026-11-23T11:00:00Z",
    "from=0001-01-01T00:00:00Z",
    "to=9999-12-31T23:59:59Z&from=2026-11-23T12:00:00Z",
  ])("refuses %s with 400", async (query) => {
    const response = await get(`/api/clusters/lon/history?${query}`);
    expect(response.status).toBe(400);
    expect((await errorOf(response)).code).toBe("bad-parameter");
  });

  it("can be asked for all of it, and from where an answer was cut", async () => {
    expect((await get("/api/clusters/lon/history?from=1970-01-01T00:00:00Z")).status).toBe(200);
    const all = spans(mostSpans + 5);
    const history: FleetView["history"] = async (_id, from, to) => ({
      now,
      revision: "r1",
      spans: all.filter((span) => span.from >= from && span.from < to),
    });
    const read = async (query: string) => {
      const answer = await get(`/api/clusters/lon/history?${query}`, {}, { view: { history } });
      return historySchema.parse(await answer.json());
    };
    const newest = await read("to=2026-11-23T12:00:01Z");
    const before = new Date(newest.cutBefore ?? 0).toISOString();
    const rest = await read(`to=${before}`);
    expect([...rest.spans, ...newest.spans]).toEqual(all);
  });
});

describe("lanes", () => {
  it("are given for a month at most", async () => {
    const status = async (from: string) => (await get(`/api/lanes?from=${from}`)).status;
    expect(await status("2026-10-23T12:00:00Z")).toBe(200);
    expect(await status("2026-10-23T11:59:59Z")).toBe(400);
    expect(await status("2026-11-23T12:00:01Z")).toBe(400);
  });
});
