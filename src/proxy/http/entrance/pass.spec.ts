import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPassBook } from "../../passes/passBook.ts";
import { createPass, revokePass } from "../../passes/passFolder.ts";
import { app, type Changes, errorOf, now, silent } from "../testing.ts";
import { digest } from "./passwords.ts";

let data = "";
let steadyMs = 0;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "upgrade-watch-pass-"));
  steadyMs = 0;
});
afterEach(async () => {
  await rm(data, { recursive: true });
});

function served(changes: Changes = {}) {
  const server = app({
    viewers: { kind: "known", users: new Map([["noc", digest("x")]]), trustedHeader: null },
    passes: openPassBook(data, silent, () => steadyMs),
    steadyNow: () => steadyMs,
    ...changes,
  });
  return (path: string, headers: Record<string, string> = {}, method = "GET") =>
    server.request(`http://127.0.0.1:4600${path}`, { method, headers });
}

const html = { accept: "text/html" };

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

describe("the address of a display pass", () => {
  it("lets the display in, and leads to an address without a secret", async () => {
    const get = served({ server: { basePath: "/w/" } });
    const { secret } = await createPass(data, "NOC left", now);
    const answer = await get(`/w/pass/${secret}`, html);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/w/wall"]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await answer.text()).not.toContain(secret);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^upgrade-watch-pass-test=[A-Za-z0-9_-]{43}; Max-Age=34560000; Path=\/w\/; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(answer.headers.getSetCookie()[0]).not.toContain(secret);
    const cookie = cookieOf(answer);
    const viewer = await get("/w/api/viewer", { cookie });
    expect(await viewer.json()).toEqual({ kind: "pass", name: "NOC left" });
    // The display's cookie is given anew with every page, so that it never ends while it is used.
    const page = await get("/w/wall", { cookie, ...html });
    expect([page.status, cookieOf(page)]).toEqual([200, cookie]);
  });

  it("opens nothing a second time, to people in a page and to scripts in an error", async () => {
    const get = served();
    const { secret } = await createPass(data, "NOC left", now);
    const cookie = cookieOf(await get(`/pass/${secret}`));
    const again = await get(`/pass/${secret}`, html);
    expect([again.status, again.headers.getSetCookie()]).toEqual([410, []]);
    expect(await again.text()).toBe("<html>index</html>");
    expect((await errorOf(await get(`/pass/${secret}`))).code).toBe("void-pass");
    // A display whose start address it is goes on, with the cookie that it has.
    const display = await get(`/pass/${secret}`, { cookie, ...html });
    expect([display.status, display.headers.get("location")]).toEqual([303, "/wall"]);
  });

  it("is not used up by what only looks ahead", async () => {
    const get = served();
    const { secret } = await createPass(data, "NOC left", now);
    const looks = await Promise.all([
      get(`/pass/${secret}`, {}, "HEAD"),
      get(`/pass/${secret}`, { "sec-purpose": "prefetch;prerender" }),
      get(`/pass/${secret}`, { purpose: "prefetch" }),
    ]);
    expect(looks.map((look) => [look.status, cookieOf(look)])).toEqual([
      [204, ""],
      [204, ""],
      [204, ""],
    ]);
    expect((await get(`/pass/${secret}`, html)).status).toBe(303);
  });

  it("lets read only, and no more once it is revoked, which the page is told", async () => {
    const get = served();
    const { id, secret } = await createPass(data, "NOC left", now);
    const cookie = cookieOf(await get(`/pass/${secret}`));
    expect((await get("/api/clusters", { cookie })).status).toBe(200);
    for (const method of ["POST", "PUT", "DELETE"]) {
      expect((await get("/api/clusters", { cookie }, method)).status).toBe(405);
    }
    await revokePass(data, id);
    steadyMs += 1000;
    const refused = await get("/api/clusters", { cookie });
    expect(refused.status).toBe(401);
    expect((await errorOf(refused)).message).toBe(
      "This display's pass is no longer valid; `upgrade-watch pass create` makes another. Sign in with your user and password of Upgrade Watch, not those of a cluster.",
    );
  });

  it("does not tell a guess from what never was", async () => {
    const get = served();
    await createPass(data, "NOC left", now);
    for (const guess of ["x", "..%2f..", "A".repeat(43), "%00", "__proto__"]) {
      expect((await get(`/pass/${guess}`)).status).toBe(410);
    }
  });

  it("never gets into the log, whatever breaks", async () => {
    const logged: string[] = [];
    const log = {
      ...silent,
      error: (...parts: unknown[]) => void logged.push(JSON.stringify(parts)),
    };
    const passes = {
      open: () => Promise.reject(new Error("the disk is full")),
      holder: async () => null,
    };
    const answer = await served({ passes, log })("/pass/canary-secret");
    expect(answer.status).toBe(500);
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toContain("canary");
  });
});
