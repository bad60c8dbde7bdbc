import { describe, expect, it } from "vitest";
import { app, errorOf, get } from "./testing.ts";

const json = "application/json; charset=utf-8";

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
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.get("x-frame-options")).toBe("DENY");
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
    expect(headers.get("x-frame-options")).toBe(null);
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});

describe("every route", () => {
  it.each([
    ["/", "text/html; charset=utf-8", "no-store"],
    ["/wall/lon", "text/html; charset=utf-8", "no-store"],
    ["/wall/nobody", "text/html; charset=utf-8", "no-cache"],
    ["/runs", "text/html; charset=utf-8", "no-cache"],
    ["/assets/a-1.js", "text/javascript", "public, max-age=31536000, immutable"],
    ["/healthz", json, "no-store"],
    ["/readyz", json, "no-store"],
    ["/api/clusters", json, "no-store"],
    ["/api/clusters/lon/upgrade/status", json, "no-store"],
    ["/api/clusters/lon/history", json, "no-store"],
    ["/api/clusters/nobody/history", json, "no-store"],
    ["/api/lanes", json, "no-store"],
    ["/api/viewer", json, "no-store"],
    ["/api/openapi.json", json, "no-store"],
    ["/api/nothing", json, "no-store"],
    ["/api/sign-in", json, "no-store"],
    ["/pass/x", null, "no-store"],
    ["/nowhere", json, "no-store"],
  ])(
    "names its type, forbids to guess another, and says who may keep it: %s",
    async (path, type, kept) => {
      const { headers } = await get(path);
      expect(headers.get("content-type")).toBe(type);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe(kept);
    },
  );
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
