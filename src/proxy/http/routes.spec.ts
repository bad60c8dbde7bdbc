/** What there is to ask for at all, who may ask for the metrics, and how little health and errors tell. */
import { describe, expect, it } from "vitest";
import { app, errorOf, get } from "./testing.ts";

describe("the routes", () => {
  it("are these and no others: nothing to debug with, and nothing to change but one's own sign-in and notes", () => {
    const routes = app()
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`);
    expect(new Set(routes)).toEqual(
      new Set([
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
        "GET /api/clusters",
        "GET /api/clusters/:id/upgrade/status",
        "GET /api/clusters/:id/history",
        "GET /api/lanes",
        "GET /api/runs",
        "GET /api/clusters/:id/runs",
        "GET /api/clusters/:id/runs/:run",
        "GET /api/clusters/:id/runs/:run/curve",
        "GET /api/clusters/:id/notes",
        "POST /api/clusters/:id/notes",
        "POST /api/clusters/:id/notes/:note/withdraw",
        "GET /api/viewer",
        "POST /api/sign-in",
        "POST /api/sign-out",
        "GET /pass/:secret",
        "GET /api/openapi.json",
        "GET /*",
      ]),
    );
  });

  it.each(["/debug/pprof", "/heapdump", "/json/list", "/metrics/json", "/api/debug", "/.env"])(
    "have nothing at %s",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

describe("/metrics", () => {
  it("is Prometheus' text, for whoever may look", async () => {
    const response = await get("/metrics");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/plain; version=0.0.4; charset=utf-8",
    ]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).toContain("upgrade_watch_");
  });

  it("has the same doors as everything else", async () => {
    const viewers = { kind: "known", users: new Map(), trustedHeader: null } as const;
    const denied = await get("/metrics", {}, { viewers });
    expect([denied.status, await denied.text()]).toEqual([
      401,
      expect.not.stringContaining("upgrade_watch_"),
    ]);
    expect((await get("/metrics", { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});

describe("what health and errors tell", () => {
  it("is one word for health, ready or not", async () => {
    const starting = await get("/readyz", {}, { view: { isReady: () => false } });
    expect(await Promise.all([(await get("/healthz")).text(), starting.text()])).toEqual([
      '{"status":"ok"}',
      '{"status":"starting"}',
    ]);
  });

  it("is never why something of ours failed, nor what the server is made of", async () => {
    const clusters = () => {
      throw new Error("canary in /var/lib at Object.<anonymous> (app.ts:1:1)");
    };
    const response = await get("/api/clusters", {}, { view: { clusters } });
    expect([response.status, await errorOf(response)]).toEqual([
      500,
      {
        code: "internal",
        message: "The answer could not be made; the server's log says why.",
      },
    ]);
    for (const name of ["server", "x-powered-by", "via"]) {
      expect(response.headers.get(name)).toBeNull();
    }
  });
});
