import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Behaviour, sendJson } from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig } from "./testing/rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

/** A cluster that calls itself so; null where it does not tell. */
const calledBy =
  (name: string | null): Behaviour =>
  (response, request, seen) => {
    const isSettings = seen.path === "/v1/cluster/settings";
    const isRefused = isSettings && name === null;
    const body = isSettings ? { cluster_name: name } : idle;
    sendJson(body, isRefused ? 403 : 200)(response, request, seen);
  };

const clusterName = "lon-core";
const asked = (seen: readonly { path: string }[]): number =>
  seen.filter(({ path }) => path === "/v1/cluster/settings").length;

describe("a cluster whose name is configured", () => {
  it("is taken for it when it calls itself so, asked once a minute", async () => {
    const server = await rig.serve(calledBy("lon-core"));
    const cluster = rig.open([server.url], { clusterName });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    await cluster.pollStatus(patientMs);
    expect(asked(server.seen)).toBe(1);
    expect(cluster.remarks()["identity-unchecked"]).toBeNull();
    rig.advance(60_000);
    await cluster.pollStatus(patientMs);
    expect(asked(server.seen)).toBe(2);
  });

  it("is not shown by what another cluster says: both names are told, and it is not excused", async () => {
    const server = await rig.serve(calledBy("par-post"));
    const cluster = rig.open([server.url], { clusterName });
    const poll = await cluster.pollStatus(patientMs);
    expect(poll.outcome).toMatchObject({ trust: true, failure: { kind: "invalid", trust: true } });
    expect(messageOf(poll)).toContain("calls itself par-post, but lon-core is configured");
    server.behave(calledBy(null));
    rig.advance(60_000);
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("invalid");
    server.behave(calledBy("lon-core"));
    rig.advance(60_000);
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
  });

  it("is heard through another address where one leads to another cluster", async () => {
    const wrong = await rig.serve(calledBy("par-post"));
    const right = await rig.serve(calledBy("lon-core"), { host: "127.0.0.2" });
    const cluster = rig.open([wrong.url, right.url], { clusterName });
    expect(await cluster.pollStatus(patientMs)).toMatchObject({
      node: right.url,
      outcome: { kind: "reading" },
    });
    expect(cluster.nodes()[0]).toMatchObject({
      answered: false,
      reason: expect.stringContaining("par-post"),
    });
  });

  it("is asked again after a silence: another one may have come back", async () => {
    const server = await rig.serve(calledBy("lon-core"));
    const cluster = rig.open([server.url], { clusterName });
    await cluster.pollStatus(patientMs);
    server.behave((response) => response.socket?.destroy());
    await cluster.pollStatus(patientMs);
    server.behave(calledBy("par-post"));
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("invalid");
  });

  it("is shown all the same where its name can't be read, and that it is unchecked is known", async () => {
    const server = await rig.serve(calledBy(null));
    const cluster = rig.open([server.url], { clusterName });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(cluster.remarks()["identity-unchecked"]).toContain("is not checked");
  });
});

it("does not ask a cluster for its name where none is configured", async () => {
  const server = await rig.serve(calledBy("par-post"));
  const cluster = rig.open([server.url]);
  expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
  expect(asked(server.seen)).toBe(0);
});
