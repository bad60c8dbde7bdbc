import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { Agent } from "node:https";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { startManualCluster } from "./manualCluster.ts";
import { statusPath, usualSettings } from "./situation.ts";
import { ask, type Heard } from "./testing/ask.ts";
import { askFor, start } from "./testing/cluster.ts";

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
    cluster.restoreCertificate();
    await askFor(cluster, statusPath, { agent });
    const restored = await askFor(cluster, statusPath, { agent });
    expect(restored.fingerprint256).not.toBe(fingerprint256);
    expect(restored.fingerprint256).toBe(cluster.fingerprint256);
    agent.destroy();
  });

  it("lets nothing be asked once it has stopped", async () => {
    const cluster = await startManualCluster();
    await cluster.stop();
    expect((await askFor(cluster)).fault).toBe("ECONNREFUSED");
  });
});
