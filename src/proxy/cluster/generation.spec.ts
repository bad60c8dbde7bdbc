import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Behaviour, sendJson } from "./testing/faultServer.ts";
import { idle, makeRig, messageOf, patientMs, type Rig } from "./testing/rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

const oldIdle = {
  install_path: "",
  state: "UPGRADE_IDLE",
  details: "",
  error_message: "",
  error_state: "UPGRADE_ERROR_NO_ERROR",
  is_blocked: true,
  blocked_reason: "too soon",
};

/** A server with these paths and no others. */
function having(bodies: Record<string, unknown>): Behaviour {
  return (response, request, seen) => {
    const body = bodies[seen.path];
    sendJson(body ?? { error_class: "gone" }, body === undefined ? 404 : 200)(
      response,
      request,
      seen,
    );
  };
}

const statusPaths = (seen: readonly { path: string }[]): readonly string[] =>
  seen.map(({ path }) => path).filter((path) => path.endsWith("/upgrade/status"));

describe("the generations of the status endpoint", () => {
  it("are stepped down on 404 within one poll, and remembered", async () => {
    const server = await rig.serve(having({ "/v2/upgrade/status": idle }));
    const cluster = rig.open([server.url]);
    expect(await cluster.pollStatus(patientMs)).toMatchObject({
      outcome: { kind: "reading", generation: 2, reading: { quality: "ok", status: idle } },
    });
    await cluster.pollStatus(patientMs);
    expect(statusPaths(server.seen)).toEqual([
      "/v3/upgrade/status",
      "/v2/upgrade/status",
      "/v2/upgrade/status",
    ]);
  });

  it("reach down to the first, whose status tells what blocks an upgrade too", async () => {
    const server = await rig.serve(having({ "/v1/upgrade/status": oldIdle }));
    const cluster = rig.open([server.url]);
    expect(await cluster.pollStatus(patientMs)).toMatchObject({
      outcome: { generation: 1, reading: { status: { state: "UPGRADE_STATE_IDLE" } } },
    });
    expect(await cluster.readBlocked(patientMs)).toEqual({ reason: "too soon" });
  });

  it("are not stepped down on anything but 404", async () => {
    const server = await rig.serve(sendJson({}, 403));
    const cluster = rig.open([server.url]);
    for (const status of [403, 401, 500, 503]) {
      server.behave(sendJson({}, status));
      // oxlint-disable-next-line no-await-in-loop -- one poll at a time, as it is in life
      await cluster.pollStatus(patientMs);
    }
    expect(new Set(statusPaths(server.seen))).toEqual(new Set(["/v3/upgrade/status"]));
  });

  it("are looked for anew once another version runs, and after a silence", async () => {
    const older = { "/v2/upgrade/status": idle, "/v1/version": { revision_id: "4.3.0" } };
    const server = await rig.serve(having(older));
    const cluster = rig.open([server.url]);
    await cluster.pollStatus(patientMs);
    await cluster.readVersion(patientMs);
    server.behave(having({ ...older, "/v1/version": { revision_id: "5.0.0" } }));
    await cluster.readVersion(patientMs);
    await cluster.pollStatus(patientMs);
    server.behave((response) => response.socket?.destroy());
    await cluster.pollStatus(patientMs);
    server.behave(having(older));
    await cluster.pollStatus(patientMs);
    const probes = statusPaths(server.seen).filter((path) => path === "/v3/upgrade/status");
    // At first, after the other version, and after the cut connection.
    expect(probes).toHaveLength(3);
  });

  it("are looked for upwards too, where the one that was read is gone", async () => {
    const server = await rig.serve(having({ "/v2/upgrade/status": idle }));
    const cluster = rig.open([server.url]);
    await cluster.pollStatus(patientMs);
    server.behave(having({ "/v3/upgrade/status": idle }));
    expect(await cluster.pollStatus(patientMs)).toMatchObject({ outcome: { generation: 3 } });
  });

  it("are said to be missing where none is there", async () => {
    const server = await rig.serve(sendJson({}, 404));
    const cluster = rig.open([server.url]);
    const poll = await cluster.pollStatus(patientMs);
    expect(poll).toMatchObject({ outcome: { kind: "failure", httpStatus: 404 } });
    expect(messageOf(poll)).toBe("There is no /v3/upgrade/status here (404).");
  });
});
