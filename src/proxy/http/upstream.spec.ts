/** What a viewer sends never reaches a cluster, and what a cluster sends reaches a viewer only as our own JSON. */
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ClusterAuth } from "../../contract/clusterAccess.ts";
import { systemClock } from "../clock.ts";
import { openCluster } from "../cluster/cluster.ts";
import { paths } from "../cluster/exchange.ts";
import { type Behaviour, type FaultServer, sendJson } from "../cluster/testing/faultServer.ts";
import { idle, makeRig, type Rig } from "../cluster/testing/rig.ts";
import { type Fleet, openFleet } from "../fleet.ts";
import { openMemoryHistory } from "../history/testing/memory.fixture.ts";
import { clusterNamed, configurationOf } from "../testing/configuration.ts";
import { app, silent } from "./testing.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

const node: Behaviour = (response, request, seen) => {
  const isVersion = seen.path === "/v1/version";
  sendJson(isVersion ? { revision_id: "7.1.4" } : idle)(response, request, seen);
};

/** A fleet that really asks, a poll a second. */
async function fleetOf(
  servers: Readonly<Record<string, FaultServer>>,
  auth: (id: string) => Promise<ClusterAuth> = async () => ({ kind: "none" }),
): Promise<Fleet> {
  const trust = { kind: "fingerprint", sha256: [rig.certificate.fingerprint256] } as const;
  const clusters = await Promise.all(
    Object.entries(servers).map(async ([id, { url }]) => ({
      ...clusterNamed(id),
      nodes: [url],
      auth: await auth(id),
      trust,
    })),
  );
  const fleet = openFleet(configurationOf(clusters), {
    history: openMemoryHistory(systemClock, "in memory"),
    clock: systemClock,
    log: silent,
    build: "b1",
    simulated: false,
    openClient: (cluster) =>
      openCluster(cluster, { clock: systemClock, userAgent: "upgrade-watch/test" }),
  });
  rig.later(fleet.stop);
  await fleet.start();
  await expect.poll(() => fleet.isReady()).toBe(true);
  return fleet;
}

/** Asks for one path of a server that shows this fleet. */
function viewerOf(fleet: Fleet) {
  const served = app({ view: fleet });
  return async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    served.request(`http://127.0.0.1:4600${path}`, { headers });
}

const listed = new Set<string>(Object.values(paths));

/** Ids as an attacker writes them. */
const crookedIds = [
  "http://169.254.169.254/latest",
  "https:%2f%2f127.0.0.1:9",
  "..",
  "%2e%2e",
  "..%2f..%2fv1%2fsession%2flogin",
  "one@127.0.0.1:9",
  "one%40evil.example",
  "one%2f..%2f..%2fv2",
  "one%0d%0aHost:%20evil",
  "one%00",
  "one?x=1",
  "one;v=2",
  "__proto__",
  "constructor",
  "ONE",
  "%6fne/../two",
];

describe("what a viewer sends", () => {
  it("chooses nothing of what is asked: an id that is not configured is not found", async () => {
    const server = await rig.serve(node);
    const fleet = await fleetOf({ one: server });
    const view = viewerOf(fleet);
    const ask = async (id: string) => (await view(`/api/clusters/${id}/upgrade/status`)).status;
    for (const id of crookedIds) {
      expect([id, await ask(id)]).toEqual([id, 404]);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
        async (text) => {
          fc.pre(text !== "one");
          expect(await ask(encodeURIComponent(text))).toBe(404);
        },
      ),
      { numRuns: 200 },
    );
    expect(await ask("one")).toBe(200);
    const asked = new Set(server.seen.map(({ path }) => path));
    expect([...asked].filter((path) => !listed.has(path))).toEqual([]);
    expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("does not travel on: a cluster gets our headers and no others", async () => {
    // It is asked every second while something moves.
    const moving = { ...idle, state: "UPGRADE_STATE_PREPARING", progress: 1 };
    const server = await rig.serve(sendJson(moving));
    const fleet = await fleetOf({ one: server }, async () => ({
      kind: "token-file",
      path: await rig.fileWith("access-v1:canary"),
    }));
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`x-viewer-${index}`, "canary"]),
    );
    const sent = { ...many, cookie: "session=canary", authorization: "Basic Y2FuYXJ5", te: "x" };
    const before = server.seen.length;
    await viewerOf(fleet)("/api/clusters/one/upgrade/status", sent);
    await expect.poll(() => server.seen.length, { timeout: 8000 }).toBeGreaterThan(before);
    const names = server.seen.flatMap(({ rawHeaders }) =>
      rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
    );
    expect([...new Set(names)].sort()).toEqual(
      ["accept", "accept-encoding", "authorization", "connection", "host", "user-agent"].sort(),
    );
    expect(new Set(server.tokens())).toEqual(new Set(["Bearer access-v1:canary"]));
  });

  it("multiplies nothing: a cluster is asked at the same pace however many look", async () => {
    const server = await rig.serve(node);
    const fleet = await fleetOf({ one: server });
    const before = server.seen.length;
    const view = viewerOf(fleet);
    await Promise.all(Array.from({ length: 200 }, () => view("/api/clusters/one/upgrade/status")));
    // Not one more than a poll that may have been due meanwhile, and what goes with it.
    expect(server.seen.length - before).toBeLessThanOrEqual(2);
  });
});

describe("what a cluster sends", () => {
  it("gives our answers none of its headers and no page", async () => {
    const server = await rig.serve((response, request, seen) => {
      response.setHeader("set-cookie", "stolen=1");
      response.setHeader("content-security-policy", "default-src *");
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("x-cluster", "canary");
      const state = "UPGRADE_STATE_<script>alert(1)</script>";
      sendJson({ ...idle, state, extra: "canary" })(response, request, seen);
    });
    const fleet = await fleetOf({ one: server });
    const answer = await viewerOf(fleet)("/api/clusters/one/upgrade/status");
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("content-security-policy")).not.toContain("*");
    for (const name of ["set-cookie", "access-control-allow-origin", "x-cluster"]) {
      expect([name, answer.headers.get(name)]).toEqual([name, null]);
    }
    const body = await answer.text();
    expect(body).not.toContain("canary");
    expect(body).toContain("UPGRADE_STATE_");
  });
});

describe("a token", () => {
  it("goes to its own cluster only", async () => {
    const servers = { one: await rig.serve(node), two: await rig.serve(node) };
    await fleetOf(servers, async (id) => ({
      kind: "token-file",
      path: await rig.fileWith(`access-v1:${id}-secret`),
    }));
    await expect.poll(() => servers.two.tokens().length).toBeGreaterThan(0);
    expect(new Set(servers.one.tokens())).toEqual(new Set(["Bearer access-v1:one-secret"]));
    expect(new Set(servers.two.tokens())).toEqual(new Set(["Bearer access-v1:two-secret"]));
  });
});
