import { describe, expect, it } from "vitest";
import { app, type Changes, doorkeeper, errorOf } from "../testing.ts";
import type { ViewerRules } from "../viewers.ts";
import { digest } from "./passwords.ts";

const rules = {
  kind: "known",
  users: new Map([["noc", digest("open:sesame")]]),
  trustedHeader: null,
} as const satisfies ViewerRules;

const origin = "http://127.0.0.1:4600";
const usual = { "content-type": "application/json", "x-upgrade-watch": "1", origin };
const right = JSON.stringify({ user: "noc", password: "open:sesame" });
const wrong = JSON.stringify({ user: "noc", password: "wrong" });

function served(changes: Changes = {}) {
  const server = app({ viewers: rules, ...changes });
  const post = (
    path: string,
    body: string,
    headers: Record<string, string> = usual,
    peer = "192.0.2.1",
  ) =>
    server.request(
      `${origin}${path}`,
      { method: "POST", body, headers: { host: "127.0.0.1:4600", ...headers } },
      peer,
    );
  const get = (path: string, headers: Record<string, string> = {}, peer = "192.0.2.1") =>
    server.request(`${origin}${path}`, { headers }, peer);
  return { post, get };
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

describe("signing in", () => {
  it("gives a cookie that no script reads and no other site sends, and that opens everything", async () => {
    const { post, get } = served();
    const answer = await post("/api/sign-in", right);
    expect([answer.status, await answer.json()]).toEqual([200, { kind: "session", name: "noc" }]);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^upgrade-watch-session-test=[A-Za-z0-9_-]{43}; Max-Age=57600; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    const cookie = cookieOf(answer);
    for (const path of ["/", "/wall", "/api/clusters"]) {
      expect((await get(path, { cookie })).status).toBe(200);
    }
    const viewer = await get("/api/viewer", { cookie });
    expect(await viewer.json()).toEqual({ kind: "session", name: "noc" });
  });

  it("marks the cookie as secure under HTTPS, also where a reverse proxy speaks it, and binds it to the base path", async () => {
    const tls = { certFile: "c", keyFile: "k" };
    const own = await served({ server: { tls, basePath: "/w/" } }).post("/api/sign-in", right);
    expect(own.headers.getSetCookie()[0]).toMatch(
      /; Path=\/w\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const headers = { ...usual, origin: "https://watch.example" };
    const proxied = await served().post("/api/sign-in", right, headers);
    expect([proxied.status, proxied.headers.getSetCookie()[0]]).toEqual([
      200,
      expect.stringContaining("; Secure"),
    ]);
  });

  it("ends with signing out, and with another password, but not with a reload", async () => {
    const keeper = doorkeeper();
    const { post, get } = served({ doorkeeper: keeper });
    const [one, other] = [
      cookieOf(await post("/api/sign-in", right)),
      cookieOf(await post("/api/sign-in", right)),
    ];
    const out = await post("/api/sign-out", "{}", { ...usual, cookie: one });
    expect(out.headers.getSetCookie()[0]).toMatch(
      /^upgrade-watch-session-test=; Max-Age=0; Path=\//,
    );
    expect((await get("/api/clusters", { cookie: one })).status).toBe(401);
    const same = served({ doorkeeper: keeper });
    expect((await same.get("/api/clusters", { cookie: other })).status).toBe(200);
    const users = new Map([["noc", digest("another")]]);
    const changed = served({ doorkeeper: keeper, viewers: { ...rules, users } });
    expect((await changed.get("/api/clusters", { cookie: other })).status).toBe(401);
  });

  it("turns the password of a browser's address into a cookie, and gives scripts none", async () => {
    const { get } = served();
    const authorization = `Basic ${Buffer.from("noc:open:sesame").toString("base64")}`;
    const browser = { authorization, accept: "text/html", "sec-fetch-mode": "navigate" };
    const page = await get("/wall", browser);
    expect((await get("/api/clusters", { cookie: cookieOf(page) })).status).toBe(200);
    const script = await get("/api/clusters", { authorization });
    expect([script.status, script.headers.getSetCookie()]).toEqual([200, []]);
  });

  it.each([
    [
      "a form of another site",
      { "content-type": "text/plain", origin: "https://evil.example" },
      415,
    ],
    ["a form's own type", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["no header of ours", { "content-type": "application/json", origin }, 403],
    ["another origin", { ...usual, origin: "https://evil.example" }, 403],
    ["another port", { ...usual, origin: "http://127.0.0.1:9999" }, 403],
    ["no origin that can be named", { ...usual, origin: "null" }, 403],
    ["another site", { ...usual, "sec-fetch-site": "cross-site" }, 403],
    ["a sibling site", { ...usual, "sec-fetch-site": "same-site" }, 403],
  ])("takes nothing from %s", async (_what, headers, status) => {
    for (const path of ["/api/sign-in", "/api/sign-out"]) {
      const answer = await served().post(path, right, headers);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
    }
  });

  it("takes what is no browser, and a page that says it is our own", async () => {
    const { origin: _none, ...script } = usual;
    expect((await served().post("/api/sign-in", right, script)).status).toBe(200);
    const page = { ...usual, "sec-fetch-site": "same-origin" };
    expect((await served().post("/api/sign-in", right, page)).status).toBe(200);
  });

  it.each([
    ["no JSON", "{", 400],
    ["no object", "[]", 400],
    ["no password", '{"user":"noc"}', 400],
    ["a password of another type", '{"user":"noc","password":["open:sesame"]}', 400],
    ["too long a password", JSON.stringify({ user: "noc", password: "x".repeat(1001) }), 400],
    ["a megabyte", JSON.stringify({ user: "noc", password: "x".repeat(1_000_000) }), 413],
    ["a wrong password", wrong, 401],
    ["a user that is a word of the language", '{"user":"__proto__","password":""}', 401],
  ])("refuses %s", async (_what, body, status) => {
    const answer = await served().post("/api/sign-in", body);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
  });

  it("says of an unknown user what it says of a wrong password", async () => {
    const { post } = served();
    const unknown = await post("/api/sign-in", '{"user":"nobody","password":"open:sesame"}');
    const known = await post("/api/sign-in", wrong);
    expect(await errorOf(unknown)).toEqual(await errorOf(known));
  });

  it("is for POST alone, and POST for nothing else", async () => {
    const { post, get } = served();
    expect((await get("/api/sign-in")).headers.get("allow")).toBe("POST");
    expect((await get("/api/sign-in")).status).toBe(405);
    for (const path of ["/api/clusters", "/", "/api/viewer", "/pass/x", "/healthz"]) {
      expect((await post(path, "{}")).status).toBe(405);
    }
  });
});

describe("guessing passwords", () => {
  it("is slowed down for one user from one address, who then gets in", async () => {
    let now = 0;
    const { post, get } = served({ steadyNow: () => now });
    for (let count = 0; count < 5; count += 1) {
      expect((await post("/api/sign-in", wrong)).status).toBe(401);
    }
    const refused = await post("/api/sign-in", right);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
    expect((await errorOf(refused)).message).toBe(
      "Too many wrong passwords came from here. Try again in 10 seconds.",
    );
    const authorization = `Basic ${Buffer.from("noc:open:sesame").toString("base64")}`;
    expect((await get("/api/clusters", { authorization })).status).toBe(429);
    // Others are not held up: another address, another user.
    expect((await post("/api/sign-in", right, usual, "192.0.2.2")).status).toBe(200);
    expect((await post("/api/sign-in", '{"user":"ann","password":"x"}')).status).toBe(401);
    now = 10_000;
    expect((await post("/api/sign-in", right)).status).toBe(200);
    expect((await post("/api/sign-in", wrong)).status).toBe(401);
  });

  it("is slowed down over all users of one address, while those who are in go on", async () => {
    const { post, get } = served({ steadyNow: () => 0 });
    const cookie = cookieOf(await post("/api/sign-in", right));
    const statuses: number[] = [];
    for (let count = 0; count < 60; count += 1) {
      const body = JSON.stringify({ user: `user${count}`, password: "summer" });
      statuses.push((await post("/api/sign-in", body)).status);
    }
    expect(statuses.indexOf(429)).toBe(50);
    expect((await post("/api/sign-in", right)).status).toBe(429);
    expect((await get("/api/clusters", { cookie })).status).toBe(200);
  });
});

describe("a flood of requests", () => {
  it("from one address is told to wait; others, and the health, are answered all the same", async () => {
    let now = 0;
    const { get } = served({
      viewers: { kind: "open" },
      flood: { most: 10, perSecond: 5 },
      steadyNow: () => now,
    });
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      statuses.push((await get("/api/clusters")).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    const refused = await get("/wall");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await errorOf(refused)).message).toBe(
      "Too many requests came from here. Try again in a second.",
    );
    expect((await get("/healthz")).status).toBe(200);
    expect((await get("/api/clusters", {}, "192.0.2.2")).status).toBe(200);
    now = 1000;
    expect((await get("/api/clusters")).status).toBe(200);
  });

  it("of one viewer leaves the others behind the same address alone", async () => {
    const { post, get } = served({ flood: { most: 5, perSecond: 1 }, steadyNow: () => 0 });
    const [one, other] = [
      cookieOf(await post("/api/sign-in", right)),
      cookieOf(await post("/api/sign-in", right)),
    ];
    for (let count = 0; count < 5; count += 1) {
      expect((await get("/api/clusters", { cookie: one })).status).toBe(200);
    }
    expect((await get("/api/clusters", { cookie: one })).status).toBe(429);
    expect((await get("/api/clusters", { cookie: other })).status).toBe(200);
  });

  it("counts a reading of the history for several requests", async () => {
    const { get } = served({
      viewers: { kind: "open" },
      flood: { most: 9, perSecond: 1 },
      steadyNow: () => 0,
    });
    const paths = ["/api/clusters/lon/history", "/api/lanes", "/api/clusters/lon/history"];
    const statuses = [];
    for (const path of paths) {
      statuses.push((await get(path)).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});
