import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { errorSchema } from "../../contract/api.ts";
import { listen, type Listening, type Patience } from "./listen.ts";
import { app, type Changes, silent } from "./testing.ts";

const opened: Listening[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const impatient: Patience = {
  headersTimeout: 300,
  requestTimeout: 600,
  connectionsCheckingInterval: 50,
  mostConnections: 2000,
  mostOfOneAddress: 1000,
};

async function serve(patience: Partial<Patience> = {}, changes: Changes = {}): Promise<Listening> {
  const where = { host: "127.0.0.1", port: 0, basePath: "/", tls: null, frameAncestors: [] };
  const server = await listen(app(changes), where, silent, { ...impatient, ...patience });
  opened.push(server);
  return server;
}

/** A connection, what it hears, and when it is over. */
function call(server: Listening, text: string) {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  sockets.push(socket);
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes.toString()));
  socket.on("error", () => {});
  socket.write(text);
  const closed = new Promise<string>((resolve) => {
    socket.once("close", () => resolve(heard));
  });
  const connected = new Promise((resolve) => {
    socket.once("connect", resolve);
  });
  return { socket, closed, connected };
}

const host = "Host: 127.0.0.1\r\n";

describe("what never reaches the application", () => {
  it.each([
    ["what is no HTTP", "\u0016\u0003\u0001\u0002\u0000", 400, "bad-request"],
    ["an unknown verb", `BREW / HTTP/1.1\r\n${host}\r\n`, 405, "method-not-allowed"],
    ["CONNECT", `CONNECT a:443 HTTP/1.1\r\n${host}\r\n`, 405, "method-not-allowed"],
    ["TRACE", `TRACE / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`, 405, "method-not-allowed"],
    ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "bad-request"],
    [
      "two hosts",
      `GET / HTTP/1.1\r\n${host}Host: a\r\nConnection: close\r\n\r\n`,
      421,
      "unknown-host",
    ],
    [
      "a broken host",
      "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
      400,
      "bad-request",
    ],
    ["a broken request line", `GET\r\n${host}\r\n`, 400, "bad-request"],
    ["a broken header", `GET / HTTP/1.1\r\n${host}a b\r\n\r\n`, 400, "bad-request"],
    [
      "two lengths",
      `GET / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
      "bad-request",
    ],
    [
      "too many headers",
      `GET / HTTP/1.1\r\n${host}X: ${"x".repeat(20_000)}\r\n\r\n`,
      431,
      "headers-too-large",
    ],
    ["headers without end", `GET / HTTP/1.1\r\n${host}X: `, 408, "too-slow"],
    ["an odd expectation", `GET / HTTP/1.1\r\n${host}Expect: tea\r\n\r\n`, 417, "bad-request"],
    [
      "a question with a body",
      `GET / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello`,
      413,
      "body-not-allowed",
    ],
    [
      "a question with chunks",
      `GET / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`,
      413,
      "body-not-allowed",
    ],
    [
      "a backslash for a slash",
      `GET /\\..\\a HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
      400,
      "bad-request",
    ],
  ])("gets the same headers and form of error: %s", async (_what, text, status, code) => {
    const answer = await call(await serve(), text).closed;
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head.split("\r\n")[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const header of [
      /^content-security-policy: default-src 'none'; .*frame-ancestors 'none'/im,
      /^x-content-type-options: nosniff/im,
      /^referrer-policy: no-referrer/im,
      /^cache-control: no-store/im,
      /^content-type: application\/json; charset=utf-8/im,
    ]) {
      expect(head).toMatch(header);
    }
    expect(errorSchema.parse(JSON.parse(body)).error.code).toBe(code);
  });

  it("answers a question that announces no bytes", async () => {
    const text = `GET /healthz HTTP/1.1\r\n${host}Content-Length: 0\r\nConnection: close\r\n\r\n`;
    expect(await call(await serve(), text).closed).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe("slow clients", () => {
  it("are put out, five hundred at once, while everyone else is served", async () => {
    const server = await serve({ headersTimeout: 2000, requestTimeout: 3000 });
    const slow = Array.from({ length: 500 }, (_, index) =>
      // Some say nothing at all, some begin a request, some drip on.
      call(server, index % 3 === 0 ? "" : `GET /api/clusters HTTP/1.1\r\n${host}X-${index}: `),
    );
    await Promise.all(slow.map(({ connected }) => connected));
    const drip = setInterval(() => {
      for (const { socket } of slow.filter((_, index) => index % 3 === 2)) {
        socket.write("x");
      }
    }, 100);
    const statuses: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const answers = await Promise.all(
        ["api/clusters", "healthz", "wall", "assets/a-1.js"].map((path) =>
          fetch(server.url + path),
        ),
      );
      statuses.push(...answers.map(({ status }) => status));
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all(answers.map((answer) => answer.text()));
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
    const ends = await Promise.all(slow.map(({ closed }) => closed));
    clearInterval(drip);
    expect(ends.every((heard) => heard.startsWith("HTTP/1.1 408 "))).toBe(true);
    expect((await fetch(`${server.url}healthz`)).status).toBe(200);
  });

  it("can't take the connections of others from one address", async () => {
    const server = await serve({
      mostOfOneAddress: 5,
      headersTimeout: 10_000,
      requestTimeout: 10_000,
    });
    const held = Array.from({ length: 5 }, () => call(server, "GET / HTTP/1.1\r\n"));
    await Promise.all(held.map(({ connected }) => connected));
    expect(await call(server, `GET / HTTP/1.1\r\n${host}\r\n`).closed).toBe("");
    held[0]?.socket.destroy();
    await held[0]?.closed;
    await expect
      .poll(async () => {
        const text = `GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
        return await call(server, text).closed;
      })
      .toMatch(/^HTTP\/1.1 200 /);
  });
});

describe("odd paths, as they come over the wire", () => {
  it.each([
    "/../../../../etc/passwd",
    "/assets/../../package.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/assets/..%5c..%5cpackage.json",
    "/assets/....//....//package.json",
    "/%00",
    "/assets/a-1.js%00.html",
    "/assets/a-1.js.map",
    "/assets/a-1.js/",
    "/assets/",
    "/assets",
    "/.env",
    "/.git/config",
    "/index.html",
    "/wall/../.env",
    "//etc/passwd",
    "/%E0%A4%A",
    "/;/assets/a-1.js",
    "/server/upgrade-watch.js",
    "/data/history.db",
    "/constructor",
    "/__proto__",
    "*",
    "http://127.0.0.1/.env",
  ])("leads to no file: %s", async (path) => {
    const text = `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
    const answer = await call(await serve(), text).closed;
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).toMatch(/^content-security-policy: default-src 'none'/im);
    expect(answer).toMatch(/^x-content-type-options: nosniff/im);
    expect(answer).toMatch(/^content-type: application\/json; charset=utf-8/im);
  });
});

describe("a flood over real connections", () => {
  it("is told to wait, and another address is served meanwhile", async () => {
    const flood = { most: 100, perSecond: 1 };
    const server = await serve({ headersTimeout: 5000, requestTimeout: 5000 }, { flood });
    const request = `GET /api/clusters HTTP/1.1\r\n${host}\r\n`;
    const last = `GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
    const answers = await call(server, `${request.repeat(1000)}${last}`).closed;
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) =>
      Number(status),
    );
    expect(statuses).toHaveLength(1001);
    expect(statuses.slice(0, 100).every((status) => status === 200)).toBe(true);
    expect(statuses.slice(110, -1).every((status) => status === 429)).toBe(true);
    expect(statuses.at(-1)).toBe(200);
    expect(answers).toMatch(/^retry-after: 1/im);
    const elsewhere = connect({
      port: Number(new URL(server.url).port),
      host: "127.0.0.1",
      localAddress: "127.0.0.2",
    });
    sockets.push(elsewhere);
    elsewhere.write(`GET /api/clusters HTTP/1.1\r\n${host}\r\n`);
    const [first] = await once(elsewhere, "data");
    expect(String(first)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
