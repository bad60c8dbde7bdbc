import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Agent } from "node:https";
import { afterEach, describe, expect, it } from "vitest";
import { ask, type Heard, type Question } from "./testing/ask.ts";
import type { ManualCluster, ManualOptions } from "./manualCluster.ts";
import { startManualCluster } from "./manualCluster.ts";
import { statusPath, usualSettings } from "./situation.ts";

let running: ManualCluster[] = [];

async function start(options: ManualOptions = {}): Promise<ManualCluster> {
  const cluster = await startManualCluster(options);
  running.push(cluster);
  return cluster;
}

afterEach(async () => {
  await Promise.all(running.map((cluster) => cluster.stop()));
  running = [];
});

function askFor(
  cluster: ManualCluster,
  path = statusPath,
  question: Question = {},
  node = 0,
): Promise<Heard> {
  return ask(`${cluster.urls[node] ?? ""}${path}`, { token: cluster.token, ...question });
}

describe("a pretend cluster", () => {
  it("tells its status to who brings the token", async () => {
    const cluster = await start();
    await cluster.set({
      state: "UPGRADE_STATE_PREPARING",
      progress: 37,
      settings: usualSettings,
    });
    const { status, headers, body } = await askFor(cluster);
    expect({ status, type: headers["content-type"] }).toEqual({
      status: 200,
      type: "application/json",
    });
    expect(JSON.parse(body)).toEqual({
      state: "UPGRADE_STATE_PREPARING",
      progress: 37,
      settings: usualSettings,
      error_info: null,
    });
  });

  it("tells its version to anyone, and the rest to nobody without a token", async () => {
    const cluster = await start();
    const version = await ask(`${cluster.urls[0]}/v1/version`);
    expect(JSON.parse(version.body)).toMatchObject({ revision_id: "Qumulo Core 7.1.4" });
    const refused = await ask(`${cluster.urls[0]}${statusPath}`, { token: "wrong" });
    expect(refused.status).toBe(401);
    expect(Object.keys(JSON.parse(refused.body)).sort()).toEqual(
      ["description", "error_class", "inner", "module", "stack", "user_visible"].sort(),
    );
  });

  it("answers the sibling endpoints", async () => {
    const cluster = await start({ name: "London" });
    await cluster.set({
      blockedReason: "on-disk work",
      reboot: { state: "REBOOT_IN_PROGRESS", total: 6, rebooted: 2, error: null },
    });
    const bodies = await Promise.all(
      [
        "/v1/shutdown/reboot/status",
        "/v2/upgrade/blocked",
        "/v1/cluster/settings",
        "/v1/session/who-am-i",
      ].map(async (path) => JSON.parse((await askFor(cluster, path)).body)),
    );
    expect(bodies).toMatchObject([
      { state: "REBOOT_IN_PROGRESS", total_node_count: 6, rebooted_node_count: 2 },
      { is_blocked: true, blocked_reason: "on-disk work" },
      { cluster_name: "London" },
      { privileges: expect.arrayContaining(["PRIVILEGE_UPGRADE_READ"]) },
    ]);
  });

  it("knows only the generations of the status that it is told to", async () => {
    const cluster = await start({ situation: { apiGenerations: [1] } });
    const statuses = await Promise.all(
      [3, 2, 1].map((generation) => askFor(cluster, `/v${generation}/upgrade/status`)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 200]);
    expect(JSON.parse(statuses[2]?.body ?? "")).toMatchObject({
      state: "UPGRADE_IDLE",
      error_state: "UPGRADE_ERROR_NO_ERROR",
    });
  });

  it("opens sessions for who signs in rightly, and ends them when told to", async () => {
    const cluster = await start({ users: { admin: "right" } });
    const signIn = (password: string): Promise<Heard> =>
      ask(`${cluster.urls[0]}/v1/session/login`, {
        method: "POST",
        body: JSON.stringify({ username: "admin", password }),
      });
    expect((await signIn("wrong")).status).toBe(401);
    const { bearer_token: token } = JSON.parse((await signIn("right")).body);
    expect((await askFor(cluster, statusPath, { token })).status).toBe(200);
    cluster.expireTokens();
    expect((await askFor(cluster, statusPath, { token })).status).toBe(401);
    expect((await askFor(cluster)).status).toBe(200);
  });

  it("ends a session ten hours after its sign-in", async () => {
    let now = 0;
    const clock = { now: () => now, every: () => () => undefined };
    const cluster = await start({ users: { admin: "right" }, clock });
    const { body } = await ask(`${cluster.urls[0]}/v1/session/login`, {
      method: "POST",
      body: '{"username":"admin","password":"right"}',
    });
    const { bearer_token: token } = JSON.parse(body);
    now = 10 * 3_600_000 - 1;
    expect((await askFor(cluster, statusPath, { token })).status).toBe(200);
    now += 1;
    expect((await askFor(cluster, statusPath, { token })).status).toBe(401);
  });

  it("takes another access token in place of the present one", async () => {
    const cluster = await start({ token: "first" });
    cluster.replaceToken("second");
    expect(cluster.token).toBe("second");
    expect((await askFor(cluster, statusPath, { token: "first" })).status).toBe(401);
    expect((await askFor(cluster)).status).toBe(200);
  });

  it("lets everyone in when it has no token", async () => {
    const cluster = await start({ token: null });
    expect((await ask(`${cluster.urls[0]}${statusPath}`)).status).toBe(200);
  });

  it("writes down every request", async () => {
    const cluster = await start({ nodes: 2, token: "secret" });
    await askFor(cluster, `${statusPath}?x=1`, {}, 1);
    expect(cluster.requests).toMatchObject([
      { method: "GET", path: statusPath, node: 1, authorization: "Bearer secret" },
    ]);
  });

  it("commits when it is prepared, as the vendor's command line asks it to", async () => {
    const cluster = await start();
    const commit = (): Promise<Heard> => askFor(cluster, "/v2/upgrade/commit", { method: "POST" });
    expect((await commit()).status).toBe(409);
    await cluster.set({ state: "UPGRADE_STATE_PREPARED" });
    expect((await commit()).status).toBe(202);
    expect(JSON.parse((await askFor(cluster)).body)).toMatchObject({
      state: "UPGRADE_STATE_COMMITTING",
    });
  });

  it("shows its certificate, and another one once it is told to", async () => {
    const cluster = await start();
    const first = cluster.fingerprint256;
    expect(first).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect((await askFor(cluster)).fingerprint256).toBe(first);
    await cluster.rotateCertificate();
    expect(cluster.fingerprint256).not.toBe(first);
    expect((await askFor(cluster)).fingerprint256).toBe(cluster.fingerprint256);
  });

  it("has a certificate for other hosts and other dates when told so", async () => {
    const cluster = await start({ certificate: { hosts: ["elsewhere.example", "10.0.0.1"] } });
    const first = new X509Certificate(cluster.certificatePem);
    expect(first.subjectAltName).toBe("DNS:elsewhere.example, IP Address:10.0.0.1");
    await cluster.rotateCertificate({
      notBefore: Date.UTC(2020, 0, 1),
      notAfter: Date.UTC(2021, 0, 1),
    });
    const second = new X509Certificate(cluster.certificatePem);
    expect([second.validFrom, second.validTo]).toEqual([
      "Jan  1 00:00:00 2020 GMT",
      "Jan  1 00:00:00 2021 GMT",
    ]);
    expect(second.checkHost("qumulo.local")).toBe("qumulo.local");
  });

  it("is refused a port that is taken", async () => {
    const first = await start();
    const port = Number(new URL(first.urls[0] ?? "").port);
    await expect(startManualCluster({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("has its nodes on ports in a row, or on none when one of them is taken", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const last = address === null || typeof address === "string" ? 0 : address.port;
    const options = { port: last - 1, nodes: 2 };
    await expect(startManualCluster(options)).rejects.toMatchObject({ code: "EADDRINUSE" });
    holder.close();
    await once(holder, "close");
    const { urls } = await start(options);
    expect(urls).toEqual([`https://127.0.0.1:${last - 1}`, `https://127.0.0.1:${last}`]);
  });

  it("drops who is connected when it shows another certificate", async () => {
    const cluster = await start();
    const agent = new Agent({ keepAlive: true, maxCachedSessions: 0 });
    await askFor(cluster, statusPath, { agent });
    await cluster.rotateCertificate();
    // The first question may still be put to the connection that is gone.
    await askFor(cluster, statusPath, { agent });
    const { fingerprint256 } = await askFor(cluster, statusPath, { agent });
    expect(fingerprint256).toBe(cluster.fingerprint256);
    agent.destroy();
  });

  it("lets nothing be asked once it has stopped", async () => {
    const cluster = await startManualCluster();
    await cluster.stop();
    expect((await askFor(cluster)).fault).toBe("ECONNREFUSED");
  });
});

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
