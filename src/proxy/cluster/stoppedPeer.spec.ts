import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { sendJson } from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig, shortMs } from "./testing/rig.ts";
import { type Peer, startPeer } from "./testing/stoppedPeer.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

async function peer(): Promise<Peer> {
  const started = await startPeer(rig.certificate);
  rig.later(started.end);
  return started;
}

describe.skipIf(process.platform !== "linux")("a node whose process stands still", () => {
  it("is given up at the deadline, and asked on a new connection once it goes on", async () => {
    const node = await peer();
    const cluster = rig.open([node.url]);
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    await node.pause();
    // The connection stays open and takes the question; only nobody reads it.
    expect(messageOf(await cluster.pollStatus(shortMs))).toBe("No answer within 0.3 s.");
    node.resume();
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
  });

  it("swallows connections once its queue is full: given up within three seconds, and nobody else waits", async () => {
    const node = await peer();
    const other = await rig.serve(sendJson(idle));
    await node.pause();
    await node.fillBacklog();
    const swallowed = rig.open([node.url]).pollStatus(patientMs);
    const elsewhere = await Promise.race([swallowed, rig.open([other.url]).pollStatus(patientMs)]);
    expect(elsewhere.node).toBe(other.url);
    // The limit of the connection ended it, not that of the poll.
    expect(messageOf(await swallowed)).toBe("No connection within the time allowed.");
    // Beside another node it costs only a share of the poll.
    const both = rig.open([node.url, other.url]);
    expect((await both.pollStatus(2 * shortMs)).node).toBe(other.url);
  });
});
