import type { LookupFunction } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { sendJson } from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig } from "./testing/rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

/** A resolver that answers what it is told, and counts its questions. */
function resolver(first: string | null) {
  const state = { address: first, asked: 0 };
  const lookup: LookupFunction = (_hostname, options, callback) => {
    state.asked += 1;
    if (state.address === null) {
      callback(Object.assign(new Error("not found"), { code: "ENOTFOUND" }), "", 4);
    } else if (options.all === true) {
      callback(null, [{ address: state.address, family: 4 }]);
    } else {
      callback(null, state.address, 4);
    }
  };
  return { state, lookup };
}

describe("a cluster under a name", () => {
  it("is looked up anew with every connection: a name that moved is followed, one that is gone is said", async () => {
    const one = await rig.serve(sendJson(idle));
    const two = await rig.serve(sendJson(idle), { host: "127.0.0.2", port: one.port });
    const { state, lookup } = resolver("127.0.0.1");
    const cluster = rig.open([`https://cluster.example:${one.port}`], { lookup });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(state.asked).toBe(1);

    state.address = "127.0.0.2";
    await one.close();
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(two.seen).toHaveLength(1);

    state.address = null;
    await two.close();
    // The connection that was kept breaks first.
    await cluster.pollStatus(patientMs);
    const poll = await cluster.pollStatus(patientMs);
    expect([kindOf(poll), messageOf(poll)]).toEqual(["dns", "The name was not found."]);
    const asked = state.asked;
    await cluster.pollStatus(patientMs);
    expect(state.asked).toBe(asked + 1);

    state.address = "127.0.0.1";
    const back = await rig.serve(sendJson(idle), { port: one.port });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(back.seen).toHaveLength(1);
  });
});
