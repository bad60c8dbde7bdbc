import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it } from "vitest";
import { listen, ListenError, type Listening } from "./listen.ts";
import { silent } from "./testing.ts";

const opened: Listening[] = [];
const here = { host: "127.0.0.1", port: 0, basePath: "/", tls: null, frameAncestors: [] };

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function open(where: Partial<Parameters<typeof listen>[1]> = {}): Promise<Listening> {
  const app = new Hono();
  app.get("*", (context) => context.text("here"));
  const server = await listen(app, { ...here, ...where }, silent);
  opened.push(server);
  return server;
}

function portOf(server: Listening): number {
  return Number(new URL(server.url).port);
}

describe("listen", () => {
  it("tells which port it got, with the base path", async () => {
    const { url } = await open({ basePath: "/watch/" });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/watch\/$/);
    expect(await (await fetch(url)).text()).toBe("here");
  });

  it("says in one sentence that a port is taken", async () => {
    const port = portOf(await open());
    const second = open({ port });
    await expect(second).rejects.toBeInstanceOf(ListenError);
    await expect(second).rejects.toThrow(
      `Another program already listens on 127.0.0.1:${port}; stop it, or choose another port with --port.`,
    );
  });

  it("says that an address is not of this machine", async () => {
    await expect(open({ host: "192.0.2.1" })).rejects.toThrow(
      "192.0.2.1 is no address of this machine; choose another one with --host.",
    );
  });

  it("serves HTTPS with the configured certificate", async () => {
    const folder = await mkdtemp(join(tmpdir(), "upgrade-watch-listen-"));
    const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }]);
    const tls = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
    await Promise.all([writeFile(tls.certFile, cert), writeFile(tls.keyFile, key)]);
    const { url } = await open({ tls });
    expect(url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      request(url, { ca: cert, checkServerIdentity: () => undefined, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
    await writeFile(tls.certFile, "no certificate");
    await expect(open({ tls })).rejects.toThrow(/^HTTPS can't be served with .*cert\.pem and/);
    await rm(folder, { recursive: true });
  });

  it("survives what is no HTTP, and requests that it can't read", async () => {
    const server = await open();
    const say = (text: string) =>
      new Promise<string>((resolve) => {
        let heard = "";
        const socket = connect(portOf(server), "127.0.0.1", () => socket.end(text));
        socket.on("data", (bytes) => (heard += bytes.toString()));
        socket.on("close", () => resolve(heard));
      });
    const answers = await Promise.all([
      say("\u0016\u0003\u0001\u0002"),
      say("GET / HTTP/1.1\r\n\r\n"),
      say("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"),
      say("TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"),
      say(`GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`),
    ]);
    expect(answers.map((answer) => Number(answer.split(" ")[1]))).toEqual([
      400,
      400,
      400,
      expect.toBeOneOf([400, 404, 405]),
      431,
    ]);
    expect((await fetch(server.url)).status).toBe(200);
  });

  it("closes although a viewer keeps a connection open", async () => {
    const server = await open();
    const socket = connect(portOf(server), "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => {});
    await server.close();
    await gone;
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  });
});
