import { Agent } from "node:https";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { statusPath } from "./situation.ts";
import { askFor, start } from "./testing/cluster.ts";

describe("faults of the connection", () => {
  it("refused: the port is closed, even to who was connected, and opens again", async () => {
    const cluster = await start();
    const agent = new Agent({ keepAlive: true });
    expect((await askFor(cluster, statusPath, { agent })).status).toBe(200);
    await cluster.behave("refused");
    // Its client may not have noticed yet that the kept connection is gone.
    expect((await askFor(cluster, statusPath, { agent })).fault).toMatch(/ECONNRE(SET|FUSED)/);
    expect((await askFor(cluster)).fault).toBe("ECONNREFUSED");
    await cluster.behave("answering");
    expect((await askFor(cluster, statusPath, { agent })).status).toBe(200);
    agent.destroy();
  });

  it("refused and answering in one breath ends as it was said last", async () => {
    const cluster = await start();
    await Promise.all([
      cluster.behave("refused"),
      cluster.behave("answering"),
      cluster.behave("refused"),
      cluster.behave("answering"),
    ]);
    expect((await askFor(cluster)).status).toBe(200);
  });

  it("reset: the request is met with a reset", async () => {
    const cluster = await start();
    await cluster.behave("reset");
    expect(await askFor(cluster)).toMatchObject({
      status: undefined,
      fault: "ECONNRESET",
      failedCall: "read",
    });
  });

  it("hang: the request arrives and nothing comes back", async () => {
    const cluster = await start();
    await cluster.behave("hang");
    const asked = askFor(cluster);
    await expect.poll(() => cluster.requests.length).toBe(1);
    await cluster.behave("refused");
    expect(await asked).toMatchObject({ status: undefined, fault: "ECONNRESET" });
  });

  it("half-body: the reply begins and breaks off", async () => {
    const cluster = await start();
    await cluster.behave("half-body");
    const { status, headers, body, fault } = await askFor(cluster);
    expect({ status, fault }).toEqual({ status: 200, fault: "ECONNRESET" });
    expect(body.length).toBe(Math.floor(Number(headers["content-length"]) / 2));
  });

  it("drip: the reply comes a byte at a time", async () => {
    const timers: (() => void)[] = [];
    const clock = {
      now: () => 0,
      every: (_intervalMs: number, callback: () => void) => {
        timers.push(callback);
        return () => undefined;
      },
    };
    const cluster = await start({ clock });
    await cluster.behave("drip");
    const asked = askFor(cluster, statusPath, { untilBytes: 2 });
    await expect.poll(() => timers.length).toBe(1);
    timers[0]?.();
    timers[0]?.();
    expect(await asked).toMatchObject({ status: 200, body: '{"' });
  });

  it("broken-tls: what answers the handshake is not TLS", async () => {
    const cluster = await start();
    await cluster.behave("broken-tls");
    expect((await askFor(cluster)).fault).toBe("EPROTO");
    expect(cluster.requests).toEqual([]);
    await cluster.behave("answering");
    expect((await askFor(cluster)).status).toBe(200);
  });

  it("broken-tls: whoever had shaken hands before is dropped", async () => {
    const cluster = await start();
    const agent = new Agent({ keepAlive: true });
    await askFor(cluster, statusPath, { agent });
    await cluster.behave("broken-tls");
    expect((await askFor(cluster, statusPath, { agent })).status).toBeUndefined();
    expect(cluster.requests).toHaveLength(1);
    agent.destroy();
  });

  it("silent-tls: the connection is accepted and the handshake never happens", async () => {
    const cluster = await start();
    await cluster.behave("silent-tls");
    const socket = connect(Number(new URL(cluster.urls[0] ?? "").port), "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    const asked = askFor(cluster);
    await cluster.behave("refused");
    expect((await asked).fault).toMatch(/ECONNRE(SET|FUSED)/);
    expect(cluster.requests).toEqual([]);
    socket.destroy();
  });

  it.each([
    ["unavailable", 503, "text/html; charset=utf-8"],
    ["html", 200, "text/html; charset=utf-8"],
    ["empty", 200, undefined],
    ["unauthorized", 401, "application/json"],
    ["forbidden", 403, "application/json"],
  ] as const)("%s: %d, %s", async (behaviour, status, type) => {
    const cluster = await start();
    await cluster.behave(behaviour);
    const heard = await askFor(cluster);
    expect([heard.status, heard.headers["content-type"]]).toEqual([status, type]);
  });

  it("forbidden: the token is told which privilege it lacks", async () => {
    const cluster = await start();
    await cluster.behave("forbidden");
    const { body } = await askFor(cluster, "/v1/session/who-am-i");
    expect(JSON.parse(body).privileges).toEqual([
      "PRIVILEGE_REBOOT_READ",
      "PRIVILEGE_CLUSTER_READ",
    ]);
  });

  it("unauthorized-once: 401 to the next status request, and anew each time it begins", async () => {
    const cluster = await start();
    const heard: (number | undefined)[] = [];
    for (const behaviour of ["unauthorized-once", "answering", "unauthorized-once"] as const) {
      await cluster.behave(behaviour);
      heard.push((await askFor(cluster)).status, (await askFor(cluster)).status);
    }
    expect(heard).toEqual([401, 200, 200, 200, 401, 200]);
  });

  it("unauthorized-once: spares every other path", async () => {
    const cluster = await start();
    await cluster.behave("unauthorized-once");
    expect((await askFor(cluster, "/v1/session/who-am-i")).status).toBe(200);
    expect((await askFor(cluster)).status).toBe(401);
  });

  it("take precedence over a reply sent verbatim", async () => {
    const cluster = await start();
    await cluster.reply({ status: 200, headers: {}, body: "{}" });
    await cluster.behave("unavailable");
    expect((await askFor(cluster)).status).toBe(503);
  });
});

describe("one node of several", () => {
  it("may be down while the others answer, and differ in what it says", async () => {
    const cluster = await start({ nodes: 3 });
    await cluster.behave("refused", 0);
    await cluster.setNode(1, { version: "7.2.3", state: "UPGRADE_STATE_REBOOTING" });
    const heard = await Promise.all([0, 1, 2].map((node) => askFor(cluster, statusPath, {}, node)));
    expect(heard[0]?.fault).toBe("ECONNREFUSED");
    expect(heard.slice(1).map(({ body }) => JSON.parse(body).state)).toEqual([
      "UPGRADE_STATE_REBOOTING",
      "UPGRADE_STATE_IDLE",
    ]);
    const version = await askFor(cluster, "/v1/version", {}, 1);
    expect(JSON.parse(version.body).revision_id).toBe("Qumulo Core 7.2.3");
  });

  it("behaves like the others again when all are told how", async () => {
    const cluster = await start({ nodes: 2 });
    await cluster.behave("refused", 1);
    await cluster.behave("answering");
    expect((await askFor(cluster, statusPath, {}, 1)).status).toBe(200);
  });
});

describe("replies sent verbatim", () => {
  it("take the place of the status, or of another path, until told otherwise", async () => {
    const cluster = await start();
    const headers = { "content-type": "text/plain", "x-odd": "yes" };
    await cluster.reply({ status: 418, headers, body: "no JSON" });
    await cluster.reply({ status: 200, headers: {}, body: new Uint8Array([123]) }, "/v1/version");
    expect(await askFor(cluster)).toMatchObject({ status: 418, headers, body: "no JSON" });
    expect((await askFor(cluster, "/v1/version")).body).toBe("{");
    await cluster.reply(null);
    expect((await askFor(cluster)).status).toBe(200);
    expect((await askFor(cluster, "/v1/version")).body).toBe("{");
  });

  it("may be the very bytes on the wire", async () => {
    const cluster = await start();
    const wire = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{}";
    await cluster.reply({ wire, thenClose: true });
    expect(await askFor(cluster)).toMatchObject({ status: 200, body: "{}", fault: "ECONNRESET" });
    await cluster.reply({ wire: "nothing like HTTP\r\n\r\n", thenClose: false });
    expect((await askFor(cluster)).fault).toBe("HPE_INVALID_CONSTANT");
  });
});
