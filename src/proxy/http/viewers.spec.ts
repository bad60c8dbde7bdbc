import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewers } from "../../contract/configuration.ts";
import { app, errorOf } from "./testing.ts";
import { loadViewerRules } from "./viewers.ts";

let folder = "";
let passwordFile = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "upgrade-watch-viewers-"));
  passwordFile = join(folder, "noc.pw");
  await writeFile(passwordFile, "open:sesame\n");
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function users(): Viewers {
  return { kind: "known", users: [{ name: "noc", passwordFile }], trustedHeader: null };
}

const behindProxy: Viewers = {
  kind: "known",
  users: [],
  trustedHeader: { name: "x-forwarded-user", from: ["10.1.0.0/16", "::1"] },
};

function basic(text: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(text).toString("base64")}` };
}

async function ask(
  viewers: Viewers,
  path: string,
  headers: Record<string, string> = {},
  remoteAddress = "192.0.2.1",
): Promise<Response> {
  const served = app({ viewers: await loadViewerRules(viewers) });
  return served.request(`http://127.0.0.1${path}`, { headers }, remoteAddress);
}

describe("viewers", () => {
  it.each<Viewers>([{ kind: "anyone" }, { kind: "loopback" }])(
    "asks nobody for a password under %j",
    async (viewers) => {
      expect((await ask(viewers, "/api/clusters")).status).toBe(200);
    },
  );

  it("admits a user with the password, to pages and to the API", async () => {
    for (const path of ["/", "/wall", "/assets/a-1.js", "/api/clusters", "/api/openapi.json"]) {
      expect((await ask(users(), path, basic("noc:open:sesame"))).status).toBe(200);
    }
  });

  it.each([
    ["nothing", {}],
    ["a wrong password", basic("noc:wrong")],
    ["an empty password", basic("noc:")],
    ["an unknown user", basic("nobody:open:sesame")],
    ["an unknown user with an empty password", basic("nobody:")],
    ["no colon", basic("noc")],
    ["what is no base64", { authorization: "Basic ***" }],
    ["another scheme", { authorization: "Bearer open:sesame" }],
    ["a header that only a reverse proxy may send", { "x-forwarded-user": "noc" }],
  ])("refuses %s", async (_what, headers) => {
    for (const path of ["/", "/api/clusters", "/api/viewer", "/api/nothing", "/nowhere"]) {
      const response = await ask(users(), path, headers);
      expect([response.status, (await errorOf(response)).code]).toEqual([401, "sign-in-required"]);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
  });

  it("opens no browser's dialog: a page signs in by itself, with files that hold nothing", async () => {
    const page = await ask(users(), "/wall/lon", { accept: "text/html,*/*;q=0.8" });
    expect([page.status, await page.text()]).toEqual([401, "<html>index</html>"]);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect((await ask(users(), "/assets/a-1.js")).status).toBe(200);
    for (const path of ["/", "/wall/lon", "/nowhere", "/api/clusters", "/api/viewer"]) {
      for (const accept of ["text/html", "*/*", "image/png"]) {
        const { headers } = await ask(users(), path, { accept, ...basic("noc:wrong") });
        expect(headers.get("www-authenticate")).toBe(null);
      }
    }
  });

  it("tells its health to anyone", async () => {
    expect((await ask(users(), "/healthz")).status).toBe(200);
    expect((await ask(users(), "/readyz")).status).toBe(200);
  });

  it.each(["10.1.2.3", "::ffff:10.1.2.3", "::1"])(
    "believes the header of the reverse proxy %s",
    async (peer) => {
      const named = await ask(behindProxy, "/api/clusters", { "X-Forwarded-User": "ann" }, peer);
      const nameless = await ask(behindProxy, "/api/clusters", { "X-Forwarded-User": " " }, peer);
      expect([named.status, nameless.status]).toEqual([200, 401]);
    },
  );

  it.each(["10.2.0.1", "::2", "::ffff:10.2.0.1", ""])(
    "does not believe the header of %s",
    async (peer) => {
      const response = await ask(behindProxy, "/api/clusters", { "x-forwarded-user": "ann" }, peer);
      expect(response.status).toBe(401);
    },
  );
});
