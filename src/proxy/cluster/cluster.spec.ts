import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Behaviour, sendJson } from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, patientMs, type Rig } from "./testing/rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

describe("a cluster with one address", () => {
  it("brings the status, on one connection for many polls", async () => {
    const server = await rig.serve(sendJson(idle));
    const cluster = rig.open([server.url]);
    const first = await cluster.pollStatus(patientMs);
    expect(first).toMatchObject({
      node: server.url,
      outcome: { kind: "reading", reading: { quality: "ok", status: idle } },
    });
    expect(first.at - first.startedAt).toBe(first.latencyMs);
    await cluster.pollStatus(patientMs);
    expect(server.connections()).toBe(1);
    expect(cluster.nodes()).toMatchObject([{ url: server.url, answered: true, reason: null }]);
  });

  it("gets these headers and no others", async () => {
    const server = await rig.serve(sendJson(idle));
    const token = await rig.fileWith("\ufeffaccess-v1:canary\r\n");
    await rig
      .open([server.url], { auth: { kind: "token-file", path: token } })
      .pollStatus(patientMs);
    const [seen] = server.seen;
    const headers = Object.fromEntries(
      (seen?.rawHeaders ?? []).flatMap((name, index, all) =>
        index % 2 === 0 ? [[name.toLowerCase(), all[index + 1]]] : [],
      ),
    );
    expect(seen).toMatchObject({ method: "GET", path: "/v3/upgrade/status" });
    expect(headers).toEqual({
      accept: "application/json",
      "accept-encoding": "identity",
      authorization: "Bearer access-v1:canary",
      "user-agent": "upgrade-watch/test",
      host: server.url.replace("https://", ""),
      connection: "keep-alive",
    });
  });

  it("tells what stands beside the status, and asks no more for what is not there", async () => {
    const server = await rig.serve((response, request, seen) => {
      const bodies: Record<string, unknown> = {
        "/v1/version": { revision_id: "Qumulo Core 7.1.4" },
        "/v2/upgrade/blocked": { is_blocked: true, blocked_reason: "too soon" },
      };
      const body = bodies[seen.path];
      sendJson(body ?? { error_class: "gone" }, body === undefined ? 404 : 200)(
        response,
        request,
        seen,
      );
    });
    const cluster = rig.open([server.url]);
    expect(await cluster.readVersion(patientMs)).toEqual({ version: "7.1.4" });
    expect(await cluster.readBlocked(patientMs)).toEqual({ reason: "too soon" });
    expect(await cluster.readReboot(patientMs)).toBeNull();
    expect(await cluster.readReboot(patientMs)).toBeNull();
    const asked = server.seen.filter(({ path }) => path === "/v1/shutdown/reboot/status");
    expect(asked).toHaveLength(1);
  });

  it("asks again for what was not there once it runs another version", async () => {
    let running = "7.1.4";
    const server = await rig.serve((response, request, seen) => {
      const isVersion = seen.path === "/v1/version";
      sendJson({ revision_id: running }, isVersion ? 200 : 404)(response, request, seen);
    });
    const cluster = rig.open([server.url]);
    await cluster.readVersion(patientMs);
    await cluster.readReboot(patientMs);
    running = "7.2.0";
    await cluster.readVersion(patientMs);
    await cluster.readReboot(patientMs);
    const asked = server.seen.filter(({ path }) => path === "/v1/shutdown/reboot/status");
    expect(asked).toHaveLength(2);
  });

  it("asks no more once it is closed", async () => {
    const server = await rig.serve(() => undefined);
    const cluster = rig.open([server.url]);
    const underWay = cluster.pollStatus(patientMs);
    await cluster.close();
    expect(kindOf(await underWay)).not.toBe("ok");
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("refused");
  });
});

/** A node that says this of its cluster and of itself. */
const telling =
  (state: string, version = "7.1.4"): Behaviour =>
  (response, request, seen) => {
    const isVersion = seen.path === "/v1/version";
    sendJson(isVersion ? { revision_id: version } : { ...idle, state })(response, request, seen);
  };

describe("a cluster with several addresses", () => {
  const dark: Behaviour = (response) => response.socket?.destroy();

  it("answers through another node at once, stays with it, and tells which one is away", async () => {
    const away = await rig.serve(dark);
    const there = await rig.serve(sendJson(idle), { host: "127.0.0.2" });
    const cluster = rig.open([away.url, there.url]);
    expect(await cluster.pollStatus(patientMs)).toMatchObject({
      node: there.url,
      outcome: { kind: "reading" },
    });
    expect(cluster.nodes()).toMatchObject([
      { url: away.url, answered: false, reason: "The connection was cut." },
      { url: there.url, answered: true, reason: null },
    ]);
    await cluster.pollStatus(patientMs);
    expect(away.seen).toHaveLength(1);
  });

  it.each<[string, Behaviour]>([
    ["hangs", () => undefined],
    ["answers 503", sendJson({}, 503)],
    ["shows a page", (response) => response.setHeader("content-type", "text/html").end("<p>")],
    ["refuses the token while it boots", sendJson({}, 401)],
  ])("answers through another node when the first one %s", async (_, behaviour) => {
    const away = await rig.serve(behaviour);
    const there = await rig.serve(sendJson(idle), { host: "127.0.0.2" });
    const cluster = rig.open([away.url, there.url]);
    // Half of it is what the first one may take; the rest is ample for the second.
    expect(await cluster.pollStatus(4000)).toMatchObject({
      node: there.url,
      outcome: { kind: "reading", reading: { quality: "ok" } },
    });
  });

  it("fails only when all do, says what says most, and begins with another one next time", async () => {
    const one = await rig.serve(dark);
    const two = await rig.serve(sendJson({ error_class: "http_forbidden" }, 403));
    const three = await rig.serve(dark);
    const cluster = rig.open([one.url, two.url, three.url]);
    const poll = await cluster.pollStatus(patientMs);
    expect(poll).toMatchObject({
      node: two.url,
      outcome: { failure: { kind: "auth" }, httpStatus: 403 },
    });
    two.behave(sendJson(idle));
    await cluster.pollStatus(patientMs);
    expect(one.seen).toHaveLength(1);
  });

  it("notices beside the polls that a node is back", async () => {
    const back = await rig.serve(dark);
    const there = await rig.serve(sendJson(idle), { host: "127.0.0.2" });
    const path = await rig.fileWith("access-v1:canary");
    const cluster = rig.open([back.url, there.url], { auth: { kind: "token-file", path } });
    await cluster.pollStatus(patientMs);
    back.behave(telling("UPGRADE_STATE_IDLE", "7.2.0"));
    rig.advance(60_000);
    await cluster.pollStatus(patientMs);
    await expect
      .poll(() => cluster.nodes()[0])
      .toMatchObject({
        answered: true,
        since: rig.now(),
        state: "UPGRADE_STATE_IDLE",
        version: "7.2.0",
        reason: null,
      });
    // The version needs no token, so none is sent.
    expect(back.seen.at(-1)).toMatchObject({ path: "/v1/version", authorization: undefined });
  });
});
