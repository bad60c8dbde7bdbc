import { gunzipSync, brotliDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  clustersSchema,
  clusterStatusSchema,
  errorSchema,
  healthSchema,
  historySchema,
  lanesSchema,
} from "../../contract/api.ts";
import { mostSpans } from "./api.ts";
import { type AppDependencies, createApp } from "./app.ts";
import { bodyOf } from "./body.ts";
import type { FleetView } from "./fleetView.ts";
import { clusters, now, silent, spans, view } from "./testing.ts";

const pages = {
  index: bodyOf("<html>index</html>", "lasting"),
  files: new Map([
    [
      "assets/a-1.js",
      { body: bodyOf("x".repeat(5000), "lasting"), type: "text/javascript", compressible: true },
    ],
  ]),
};

type Changes = { view?: Partial<FleetView>; server?: Partial<AppDependencies["server"]> };

function app(changes: Changes = {}) {
  return createApp({
    view: { ...view, ...changes.view },
    pages,
    server: {
      host: "127.0.0.1",
      hosts: ["watch.example"],
      basePath: "/",
      frameAncestors: [],
      tls: null,
      ...changes.server,
    },
    version: "1.2.3",
    log: silent,
    now: () => now,
  });
}

async function get(path: string, headers: Record<string, string> = {}, changes: Changes = {}) {
  return app(changes).request(`http://127.0.0.1:4600${path}`, { headers });
}

async function errorOf(response: Response) {
  return errorSchema.parse(await response.json()).error;
}

describe("health", () => {
  it("is well while it serves, and ready once everything was tried", async () => {
    const well = await get("/healthz");
    const ready = await get("/readyz");
    const starting = await get("/readyz", {}, { view: { isReady: () => false } });
    expect([well.status, ready.status, starting.status]).toEqual([200, 200, 503]);
    expect(healthSchema.parse(await starting.json())).toEqual({ status: "starting" });
    expect(await well.text()).toBe('{"status":"ok"}');
  });
});

describe("the API", () => {
  it("sends summaries as its own schema reads them, with times in ISO 8601", async () => {
    const response = await get("/api/clusters");
    const text = await response.text();
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(text).toContain('"now":"2026-11-23T12:00:00.000Z"');
    expect(clustersSchema.parse(JSON.parse(text))).toEqual(clusters);
  });

  it("prepares one answer for all viewers until there is another", async () => {
    let encoded = 0;
    const counted = (at: number) => ({
      ...clusters,
      now: at,
      get build() {
        encoded += 1;
        return "b1";
      },
    });
    let current = counted(now);
    const served = app({ view: { clusters: () => current } });
    const ask = async () => (await served.request("http://127.0.0.1/api/clusters")).text();
    const first = await ask();
    const readings = encoded;
    expect([await ask(), await ask()]).toEqual([first, first]);
    expect(encoded).toBe(readings);
    current = counted(now + 250);
    expect(await ask()).toContain("12:00:00.250Z");
  });

  it("compresses as the viewer accepts it", async () => {
    const many = {
      ...clusters,
      clusters: Array.from({ length: 50 }, () => clusters.clusters).flat(),
    };
    const changes = { view: { clusters: () => many } };
    const asked = async (encoding: string) =>
      get("/api/clusters", { "accept-encoding": encoding }, changes);
    const [plain, zipped, brotli, refused] = await Promise.all(
      ["identity", "gzip, deflate", "gzip, br", "br;q=0"].map(asked),
    );
    const text = (await plain?.text()) ?? "";
    const bytes = async (response: Response | undefined) =>
      new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(zipped?.headers.get("content-encoding")).toBe("gzip");
    expect(brotli?.headers.get("content-encoding")).toBe("br");
    expect(refused?.headers.get("content-encoding")).toBe(null);
    expect(zipped?.headers.get("vary")).toBe("Accept-Encoding");
    expect(gunzipSync(await bytes(zipped)).toString()).toBe(text);
    expect(brotliDecompressSync(await bytes(brotli)).toString()).toBe(text);
  });

  it("sends one cluster's status, flat", async () => {
    const response = await get("/api/clusters/lon/upgrade/status");
    expect(clusterStatusSchema.parse(await response.json())).toEqual(view.status("lon"));
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("sends the lanes since a moment", async () => {
    const response = await get("/api/lanes?from=2026-11-23T11:00:00Z");
    const lanes = lanesSchema.parse(await response.json());
    expect(lanes.lanes[0]?.segments[0]?.from).toBe(now - 3_600_000);
  });

  it("describes every one of its routes", async () => {
    const response = await get("/api/openapi.json", {}, { server: { basePath: "/w/" } });
    const description: unknown = await response.json();
    expect(description).toMatchObject({
      openapi: "3.1.0",
      info: { version: "1.2.3" },
      servers: [{ url: "/w/" }],
      paths: {
        "/healthz": {},
        "/readyz": {},
        "/api/clusters": {},
        "/api/clusters/{id}/upgrade/status": {},
        "/api/clusters/{id}/history": {},
        "/api/lanes": {},
      },
      components: {
        schemas: { Clusters: { properties: { now: { type: "string", format: "date-time" } } } },
      },
    });
  });

  it.each([
    "nobody",
    "https:%2f%2f10.0.0.1",
    "..%2f..",
    "%2e%2e",
    "@evil",
    "lon%0d%0aX: y",
    "__proto__",
    "constructor",
  ])("knows no cluster %s", async (id) => {
    for (const rest of ["upgrade/status", "history"]) {
      const response = await get(`/api/clusters/${id}/${rest}`);
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toMatch(/unknown-cluster|not-found/);
    }
  });

  it.each(["/api", "/api/", "/api/x", "/api/clusters/lon", "/api/clusters/lon/runs"])(
    "answers 404 in JSON at %s",
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe("not-found");
    },
  );

  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("refuses %s with 405", async (method) => {
    for (const path of ["/api/clusters", "/healthz", "/", "/nowhere"]) {
      const response = await app().request(`http://127.0.0.1${path}`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD");
      expect((await errorOf(response)).code).toBe("method-not-allowed");
    }
  });

  it("answers HEAD without a body", async () => {
    const response = await app().request("http://127.0.0.1/api/clusters", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  it("says that an answer failed, not why, and logs it", async () => {
    const failing = { clusters: () => ({ ...clusters, build: JSON.parse("5") }) };
    const response = await get("/api/clusters", {}, { view: failing });
    expect(response.status).toBe(500);
    expect(await errorOf(response)).toEqual({
      code: "internal",
      message: "The answer could not be made; the server's log says why.",
    });
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

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
  ])("refuses %s with 400", async (query) => {
    const response = await get(`/api/clusters/lon/history?${query}`);
    expect(response.status).toBe(400);
    expect((await errorOf(response)).code).toBe("bad-parameter");
  });
});

describe("guards", () => {
  it.each(["localhost:4600", "127.0.0.1", "[::1]:4600", "127.0.0.1:1", "WATCH.example.:80"])(
    "answers to the host %s",
    async (host) => {
      expect((await get("/api/clusters", { host })).status).toBe(200);
    },
  );

  it.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil", "10.0.0.1:4600", "[::2]"])(
    "answers 421 to the host %s",
    async (host) => {
      for (const path of ["/", "/api/clusters", "/healthz", "/assets/a-1.js"]) {
        const response = await get(path, { host });
        expect([response.status, (await errorOf(response)).code]).toEqual([421, "unknown-host"]);
      }
    },
  );

  it("answers to no host of an absolute request line that is not its own", async () => {
    const response = await app().request("http://evil.example/", {
      headers: { host: "localhost" },
    });
    expect(response.status).toBe(421);
  });

  it("refuses the API to pages of other sites, and to nobody else", async () => {
    const asked = async (site: string) =>
      (await get("/api/clusters", { "sec-fetch-site": site })).status;
    expect(await asked("cross-site")).toBe(403);
    expect([await asked("same-origin"), await asked("same-site"), await asked("none")]).toEqual([
      200, 200, 200,
    ]);
    expect((await get("/", { "sec-fetch-site": "cross-site" })).status).toBe(200);
  });

  it("sends the same strict headers with every answer", async () => {
    const answers = await Promise.all([
      get("/"),
      get("/assets/a-1.js"),
      get("/api/clusters"),
      get("/api/nothing"),
      get("/nowhere"),
      get("/", { host: "evil" }),
      app().request("http://127.0.0.1/", { method: "POST" }),
    ]);
    for (const { headers } of answers) {
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("strict-transport-security")).toBe(null);
      expect(headers.get("access-control-allow-origin")).toBe(null);
    }
  });

  it("lets the configured portals frame it, and promises HTTPS only where it serves HTTPS", async () => {
    const { headers } = await get(
      "/",
      {},
      {
        server: {
          frameAncestors: ["https://noc.example", "https://b.example"],
          tls: { certFile: "c", keyFile: "k" },
        },
      },
    );
    expect(headers.get("content-security-policy")).toContain(
      "frame-ancestors https://noc.example https://b.example",
    );
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});

describe("below a base path", () => {
  it.each([
    "/w/healthz",
    "/healthz",
    "/w/api/clusters",
    "/w/assets/a-1.js",
    "/w",
    "/w/",
    "/w/wall",
  ])("answers at %s, whether the reverse proxy cuts the path or not", async (path) => {
    expect((await get(path, {}, { server: { basePath: "/w/" } })).status).toBe(200);
  });

  it("does not take a longer name for its base path", async () => {
    expect((await get("/wide/healthz", {}, { server: { basePath: "/w/" } })).status).toBe(404);
  });
});
