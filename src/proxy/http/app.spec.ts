import { gunzipSync, brotliDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  clustersSchema,
  clusterStatusSchema,
  healthSchema,
  lanesSchema,
} from "../../contract/api.ts";
import { app, clusters, errorOf, get, now, view } from "./testing.ts";

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

  it.each(["/api", "/api/", "/api/x", "/api/clusters/lon", "/api/clusters/lon/run"])(
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
