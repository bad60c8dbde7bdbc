import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Behaviour, type FaultServer, sendJson } from "../testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig } from "../testing/rig.ts";
import type { Cluster, StatusPoll } from "../cluster.ts";

const idling = "UPGRADE_STATE_IDLE";
const preparing = "UPGRADE_STATE_PREPARING";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

const dark: Behaviour = (response) => response.socket?.destroy();

const saying =
  (state: string, version = "7.1.4"): Behaviour =>
  (response, request, seen) => {
    const isVersion = seen.path === "/v1/version";
    sendJson(isVersion ? { revision_id: version } : { ...idle, state })(response, request, seen);
  };

/** So many nodes, each on a loopback address of its own, that all say the same. */
async function nodesSaying(state: string, count: number): Promise<readonly FaultServer[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      rig.serve(saying(state), { host: `127.0.0.${index + 1}` }),
    ),
  );
}

function stateIn({ outcome }: StatusPoll): string {
  return outcome.kind === "reading" && outcome.reading.quality !== "invalid"
    ? outcome.reading.status.state
    : "none";
}

const poll = (cluster: Cluster): Promise<StatusPoll> => cluster.pollStatus(patientMs);
const urlsOf = (nodes: readonly FaultServer[]): readonly string[] => nodes.map(({ url }) => url);
const statusQuestions = (node: FaultServer | undefined): number =>
  (node?.seen ?? []).filter(({ path }) => path.endsWith("/upgrade/status")).length;

describe("nodes that say different things", () => {
  it("do not move the picture by one node's failure and the other's word", async () => {
    const nodes = await nodesSaying(preparing, 2);
    const [one, two] = nodes;
    const cluster = rig.open(urlsOf(nodes));
    expect(stateIn(await poll(cluster))).toBe(preparing);
    two?.behave(saying(idling));
    one?.behave(dark);
    const held = await poll(cluster);
    expect(kindOf(held)).toBe("invalid");
    expect(messageOf(held)).toMatch(
      /^Only 127\.0\.0\.2:\d+ answers, and says Idle where 127\.0\.0\.1:\d+ said Preparing/,
    );
    one?.behave(saying(preparing));
    const back = await poll(cluster);
    expect([stateIn(back), back.node]).toEqual([preparing, one?.url]);
  });

  it("move it where the lone one that is left says so twice", async () => {
    const nodes = await nodesSaying(preparing, 2);
    const cluster = rig.open(urlsOf(nodes));
    await poll(cluster);
    nodes[0]?.behave(dark);
    nodes[1]?.behave(saying(idling));
    expect(stateIn(await poll(cluster))).toBe("none");
    expect(stateIn(await poll(cluster))).toBe(idling);
    expect(stateIn(await poll(cluster))).toBe(idling);
  });

  it("do not move it by one node's word against the others'", async () => {
    const nodes = await nodesSaying(preparing, 3);
    const cluster = rig.open(urlsOf(nodes));
    await poll(cluster);
    nodes[0]?.behave(saying(idling));
    for (const _ of [1, 2, 3]) {
      expect(stateIn(await poll(cluster))).toBe(preparing);
    }
    expect(cluster.remarks()["nodes-disagree"]).toMatch(
      /^Nodes disagree: .*127\.0\.0\.1:\d+ says Idle/,
    );
  });

  it("move it at once where two say so, and by one more question", async () => {
    const nodes = await nodesSaying(preparing, 3);
    const cluster = rig.open(urlsOf(nodes));
    await poll(cluster);
    await expect.poll(() => nodes.map(statusQuestions)).toEqual([1, 1, 0]);
    for (const node of nodes) {
      node.behave(saying(idling));
    }
    expect(stateIn(await poll(cluster))).toBe(idling);
    expect(nodes.map(statusQuestions)).toEqual([2, 2, 0]);
  });

  it("move it at once where no other one answers", async () => {
    const nodes = await nodesSaying(preparing, 2);
    const cluster = rig.open(urlsOf(nodes));
    nodes[1]?.behave(dark);
    await poll(cluster);
    nodes[0]?.behave(saying(idling));
    expect(stateIn(await poll(cluster))).toBe(idling);
  });

  it("move it at once after nobody answered, for nothing is left to contradict", async () => {
    const nodes = await nodesSaying(preparing, 2);
    const cluster = rig.open(urlsOf(nodes));
    await poll(cluster);
    for (const node of nodes) {
      node.behave(dark);
    }
    expect(kindOf(await poll(cluster))).toBe("reset");
    nodes[1]?.behave(saying(idling));
    expect(stateIn(await poll(cluster))).toBe(idling);
  });

  it("are counted where the one that is asked stands alone", async () => {
    const nodes = await nodesSaying(preparing, 3);
    const cluster = rig.open(urlsOf(nodes));
    await poll(cluster);
    for (const node of nodes.slice(1)) {
      node.behave(saying(idling, "7.2.0"));
    }
    const states = async (): Promise<string> => {
      rig.advance(20_000);
      return stateIn(await poll(cluster));
    };
    // Found by the questions that are asked beside the polls.
    await expect.poll(states).toBe(idling);
    expect(await states()).toBe(idling);
  });

  it("are told with their versions, until they agree again", async () => {
    const nodes = await nodesSaying("UPGRADE_STATE_REBOOTING", 2);
    const cluster = rig.open(urlsOf(nodes));
    nodes[1]?.behave(saying(idling, "7.2.0"));
    await poll(cluster);
    await cluster.readVersion(patientMs);
    const remark = async (): Promise<string | null> => {
      rig.advance(15_000);
      await poll(cluster);
      return cluster.remarks()["nodes-disagree"];
    };
    await expect
      .poll(remark)
      .toMatch(
        /^Nodes disagree: 127\.0\.0\.1:\d+ says Rebooting on 7\.1\.4; 127\.0\.0\.2:\d+ says Idle on 7\.2\.0\. While nodes restart/,
      );
    expect(cluster.nodes()).toMatchObject([
      { state: "UPGRADE_STATE_REBOOTING", version: "7.1.4" },
      { state: idling, version: "7.2.0" },
    ]);
    nodes[0]?.behave(saying(idling, "7.2.0"));
    await cluster.readVersion(patientMs);
    await expect.poll(remark).toBeNull();
  });

  it("are asked beside the polls seldom, however many they are", async () => {
    const nodes = await nodesSaying(preparing, 3);
    const cluster = rig.open(urlsOf(nodes));
    for (let second = 0; second < 60; second += 1) {
      await poll(cluster);
      rig.advance(1000);
    }
    const [asked, ...others] = nodes.map(statusQuestions);
    expect(asked).toBe(60);
    for (const count of others) {
      expect(count).toBeLessThanOrEqual(4);
    }
  });
});
