import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ClusterAccess, ClusterAuth, ClusterTrust } from "../../contract/clusterAccess.ts";
import { type Cluster, openCluster, type StatusPoll } from "./cluster.ts";
import { makeTestCertificate, type TestCertificate } from "./testing/certificates.ts";
import {
  type Behaviour,
  type FaultServer,
  sendJson,
  startFaultServer,
} from "./testing/faultServer.ts";

const patientMs = 20_000;
/** For what never answers: whatever it takes to find that out is a timeout. */
const shortMs = 300;
const status = { state: "UPGRADE_STATE_IDLE", progress: null, settings: null, error_info: null };

let certificate: TestCertificate;
const cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  certificate = await makeTestCertificate();
});

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function serve(
  behaviour: Behaviour,
  options: Parameters<typeof startFaultServer>[2] = {},
): Promise<FaultServer> {
  const server = await startFaultServer(certificate, behaviour, options);
  cleanUps.push(() => server.close());
  return server;
}

let time = 0;

function open(
  nodes: readonly string[],
  { auth, trust }: { auth?: ClusterAuth; trust?: ClusterTrust } = {},
): Cluster {
  const access: ClusterAccess = {
    nodes,
    auth: auth ?? { kind: "none" },
    trust: trust ?? { kind: "fingerprint", sha256: [certificate.fingerprint256] },
  };
  const cluster = openCluster(access, { now: () => time, userAgent: "upgrade-watch/test" });
  cleanUps.push(cluster.close);
  return cluster;
}

async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "upgrade-watch-"));
  cleanUps.push(() => rm(folder, { recursive: true }));
  const path = join(folder, "secret");
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

const kindOf = ({ outcome }: StatusPoll): string =>
  outcome.kind === "failure" ? outcome.failure.kind : outcome.reading.quality;
const messageOf = ({ outcome }: StatusPoll): string =>
  outcome.kind === "failure" ? outcome.failure.message : "";

describe("a cluster with one address", () => {
  it("brings the status, on one connection for many polls", async () => {
    const server = await serve(sendJson(status));
    const cluster = open([server.url]);
    const first = await cluster.pollStatus(patientMs);
    expect(first).toMatchObject({
      node: server.url,
      outcome: { kind: "reading", reading: { quality: "ok", status } },
    });
    expect(first.at - first.startedAt).toBe(first.latencyMs);
    await cluster.pollStatus(patientMs);
    expect(server.connections()).toBe(1);
    expect(cluster.nodes()).toMatchObject([{ url: server.url, answered: true, reason: null }]);
  });

  it("gets these headers and no others", async () => {
    const server = await serve(sendJson(status));
    const token = await fileWith("\ufeffaccess-v1:canary\r\n");
    await open([server.url], { auth: { kind: "token-file", path: token } }).pollStatus(patientMs);
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
    const server = await serve((response, request, seen) => {
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
    const cluster = open([server.url]);
    expect(await cluster.readVersion(patientMs)).toEqual({ version: "7.1.4" });
    expect(await cluster.readBlocked(patientMs)).toEqual({ reason: "too soon" });
    expect(await cluster.readReboot(patientMs)).toBeNull();
    expect(await cluster.readReboot(patientMs)).toBeNull();
    const asked = server.seen.filter(({ path }) => path === "/v1/shutdown/reboot/status");
    expect(asked).toHaveLength(1);
  });

  it("asks again for what was not there once it runs another version", async () => {
    let running = "7.1.4";
    const server = await serve((response, request, seen) => {
      const isVersion = seen.path === "/v1/version";
      sendJson({ revision_id: running }, isVersion ? 200 : 404)(response, request, seen);
    });
    const cluster = open([server.url]);
    await cluster.readVersion(patientMs);
    await cluster.readReboot(patientMs);
    running = "7.2.0";
    await cluster.readVersion(patientMs);
    await cluster.readReboot(patientMs);
    const asked = server.seen.filter(({ path }) => path === "/v1/shutdown/reboot/status");
    expect(asked).toHaveLength(2);
  });

  it("asks no more once it is closed", async () => {
    const server = await serve(() => undefined);
    const cluster = open([server.url]);
    const underWay = cluster.pollStatus(patientMs);
    await cluster.close();
    expect(kindOf(await underWay)).not.toBe("ok");
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("refused");
  });
});

describe("a cluster with several addresses", () => {
  const dark: Behaviour = (response) => response.socket?.destroy();

  it("answers through another node at once, stays with it, and tells which one is away", async () => {
    const away = await serve(dark);
    const there = await serve(sendJson(status), { host: "127.0.0.2" });
    const cluster = open([away.url, there.url]);
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
    const away = await serve(behaviour);
    const there = await serve(sendJson(status), { host: "127.0.0.2" });
    const cluster = open([away.url, there.url]);
    // Half of it is what the first one may take; the rest is ample for the second.
    expect(await cluster.pollStatus(4000)).toMatchObject({
      node: there.url,
      outcome: { kind: "reading", reading: { quality: "ok" } },
    });
  });

  it("fails only when all do, says what says most, and begins with another one next time", async () => {
    const one = await serve(dark);
    const two = await serve(sendJson({ error_class: "http_forbidden" }, 403));
    const three = await serve(dark);
    const cluster = open([one.url, two.url, three.url]);
    const poll = await cluster.pollStatus(patientMs);
    expect(poll).toMatchObject({
      node: two.url,
      outcome: { failure: { kind: "auth" }, httpStatus: 403 },
    });
    two.behave(sendJson(status));
    await cluster.pollStatus(patientMs);
    expect(one.seen).toHaveLength(1);
  });

  it("notices beside the polls that a node is back, without a token", async () => {
    const back = await serve(dark);
    const there = await serve(sendJson(status), { host: "127.0.0.2" });
    const path = await fileWith("access-v1:canary");
    const cluster = open([back.url, there.url], { auth: { kind: "token-file", path } });
    await cluster.pollStatus(patientMs);
    back.behave(sendJson({ revision_id: "Qumulo Core 7.2.0" }));
    time += 60_000;
    await cluster.pollStatus(patientMs);
    await expect
      .poll(() => cluster.nodes()[0])
      .toMatchObject({ answered: true, since: time, version: "7.2.0", reason: null });
    expect(back.seen.at(-1)).toMatchObject({ path: "/v1/version", authorization: undefined });
  });
});

describe("signing in", () => {
  const token =
    (value: string): ((seen: { authorization: string | undefined }) => boolean) =>
    (seen) =>
      seen.authorization === `Bearer ${value}`;

  it("reads the token file again after a 401", async () => {
    const path = await fileWith("access-v1:old");
    const server = await serve(sendJson(status));
    const cluster = open([server.url], { auth: { kind: "token-file", path } });
    await cluster.pollStatus(patientMs);
    server.behave((response, request, seen) =>
      sendJson(status, token("access-v1:new")(seen) ? 200 : 401)(response, request, seen),
    );
    await writeFile(path, "access-v1:new\n");
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(server.tokens()).toEqual([
      "Bearer access-v1:old",
      "Bearer access-v1:old",
      "Bearer access-v1:new",
    ]);
  });

  it("says in the cluster's words why a token is refused, and tries an unchanged one only once", async () => {
    const path = await fileWith("access-v1:canary");
    const server = await serve(
      sendJson({ error_class: "expired_error", description: "It is over.", stack: ["deep"] }, 401),
    );
    const cluster = open([server.url], { auth: { kind: "token-file", path } });
    const poll = await cluster.pollStatus(patientMs);
    expect(poll.outcome).toMatchObject({ failure: { kind: "auth" }, httpStatus: 401 });
    expect(messageOf(poll)).toContain("expired_error: It is over.");
    expect(messageOf(poll)).not.toMatch(/deep|canary/);
    expect(server.seen).toHaveLength(1);
  });

  /** A cluster that takes passwords; its newest token alone is good. */
  function withPasswords(): { behaviour: Behaviour; expire: () => void; signIns: () => number } {
    let signIns = 0;
    let good = 0;
    return {
      signIns: () => signIns,
      expire: () => {
        good = signIns + 1;
      },
      behaviour: (response, request, seen) => {
        if (seen.method === "POST" && seen.path === "/v1/session/login") {
          signIns += 1;
          good = signIns;
          const isRight = seen.body === JSON.stringify({ username: "watch", password: "canary" });
          const body = isRight ? { bearer_token: `session-v1:${signIns}` } : { error_class: "no" };
          sendJson(body, isRight ? 200 : 401)(response, request, seen);
          return;
        }
        const isGood = token(`session-v1:${good}`)(seen);
        sendJson(isGood ? status : {}, isGood ? 200 : 401)(response, request, seen);
      },
    };
  }

  it("signs in by password, and anew once the session has ended", async () => {
    const pretend = withPasswords();
    const server = await serve(pretend.behaviour);
    const passwordFile = await fileWith("canary\n");
    const cluster = open([server.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(pretend.signIns()).toBe(1);
    pretend.expire();
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(pretend.signIns()).toBe(2);
  });

  it("sends a wrong password once a poll, however many nodes there are", async () => {
    const pretend = withPasswords();
    const one = await serve(pretend.behaviour);
    const two = await serve(pretend.behaviour);
    const passwordFile = await fileWith("mistaken");
    const cluster = open([one.url, two.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    const poll = await cluster.pollStatus(patientMs);
    expect(kindOf(poll)).toBe("auth");
    expect(messageOf(poll)).toBe("Signing in as watch was refused (401): no.");
    expect(pretend.signIns()).toBe(1);
  });

  it("signs in anew once a poll, even where every node refuses the new token too", async () => {
    let signIns = 0;
    const behaviour: Behaviour = (response, request, seen) => {
      const isSignIn = seen.method === "POST";
      signIns += isSignIn ? 1 : 0;
      const body = isSignIn ? { bearer_token: `session-v1:${signIns}` } : {};
      sendJson(body, isSignIn ? 200 : 401)(response, request, seen);
    };
    const one = await serve(behaviour);
    const two = await serve(behaviour);
    const passwordFile = await fileWith("canary");
    const cluster = open([one.url, two.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("auth");
    expect(signIns).toBe(1);
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("auth");
    expect(signIns).toBe(2);
  });

  it("says which file it can't read", async () => {
    const server = await serve(sendJson(status));
    const auth = { kind: "token-file", path: "/nowhere/token" } as const;
    const poll = await open([server.url], { auth }).pollStatus(patientMs);
    expect(kindOf(poll)).toBe("auth");
    expect(messageOf(poll)).toContain("/nowhere/token");
    expect(server.seen).toEqual([]);
  });

  it("times out with the whole poll when the sign-in hangs", async () => {
    const server = await serve(() => undefined);
    const passwordFile = await fileWith("canary");
    const cluster = open([server.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    expect(kindOf(await cluster.pollStatus(shortMs))).toBe("timeout");
  });
});
