import { describe, expect, it } from "vitest";
import { hourMs, minuteMs, secondMs } from "../upgrade/duration.ts";
import { type ScenarioOptions, type SimulatedCluster, startCluster } from "./cluster.ts";
import { statusPath } from "./situation.ts";
import { ask } from "./testing/ask.ts";
import { handClock } from "./testing/clock.ts";
import { askFor, untilTestEnds } from "./testing/cluster.ts";

async function begin(options: ScenarioOptions): Promise<SimulatedCluster> {
  return untilTestEnds(await startCluster(options));
}

async function stateOf(cluster: SimulatedCluster): Promise<string> {
  const { body, fault } = await askFor(cluster);
  return fault ?? JSON.parse(body).state;
}

describe("a cluster that lives through a scenario", () => {
  it("goes by the clock and its speed, from upgrade to absence and back on the same port", async () => {
    const clock = handClock();
    const cluster = await begin({ scenario: "instant", speed: 60, clock });
    expect(await stateOf(cluster)).toBe("UPGRADE_STATE_IDLE");
    clock.goOn(4 * secondMs);
    expect(JSON.parse((await askFor(cluster)).body)).toMatchObject({
      state: "UPGRADE_STATE_PREPARING",
      progress: 50,
    });
    clock.goOn(2 * secondMs + (24 * secondMs) / 60);
    await expect.poll(() => stateOf(cluster)).toBe("ECONNREFUSED");
    clock.goOn((12 * secondMs) / 60);
    await expect.poll(() => stateOf(cluster)).toBe("ECONNRESET");
    clock.goOn(1 * secondMs);
    await expect.poll(() => stateOf(cluster)).toBe("UPGRADE_STATE_IDLE");
    const { body } = await askFor(cluster, "/v1/version");
    expect(JSON.parse(body).revision_id).toBe("Qumulo Core 7.2.3");
  });

  it("may begin in the middle", async () => {
    const cluster = await begin({
      scenario: "two-phase",
      headStartMs: 2 * hourMs,
      clock: handClock(),
    });
    expect(await stateOf(cluster)).toBe("UPGRADE_STATE_PREPARED");
  });

  it("goes on at once when the vendor's command line commits", async () => {
    const clock = handClock();
    const cluster = await begin({ scenario: "two-phase", headStartMs: 2 * hourMs, clock });
    const committed = await ask(`${cluster.urls[0]}/v2/upgrade/commit`, {
      method: "POST",
      token: cluster.token,
    });
    expect(committed.status).toBe(202);
    clock.goOn(1);
    await expect.poll(() => stateOf(cluster)).toBe("UPGRADE_STATE_COMMITTING");
  });

  it("ends sessions by its own time", async () => {
    const clock = handClock();
    const users = { admin: "right" };
    const cluster = await begin({ scenario: "two-phase", speed: 60, clock, users });
    const { body } = await ask(`${cluster.urls[0]}/v1/session/login`, {
      method: "POST",
      body: '{"username":"admin","password":"right"}',
    });
    const { bearer_token: token } = JSON.parse(body);
    const status = async (): Promise<number | undefined> =>
      (await ask(`${cluster.urls[0]}${statusPath}`, { token })).status;
    clock.goOn(9 * minuteMs);
    expect(await status()).toBe(200);
    clock.goOn(1 * minuteMs);
    expect(await status()).toBe(401);
  });

  it("has each node go and come back in a rolling reboot", async () => {
    const clock = handClock();
    const cluster = await begin({ scenario: "rolling-away-and-back", nodes: 2, clock });
    clock.goOn(2 * minuteMs + 3 * secondMs);
    await expect.poll(() => stateOf(cluster)).toBe("ECONNREFUSED");
    const other = JSON.parse((await askFor(cluster, "/v1/shutdown/reboot/status", {}, 1)).body);
    expect(other).toMatchObject({ total_node_count: 6, rebooted_node_count: 2, rolling: true });
    clock.goOn(7 * minuteMs);
    await expect.poll(() => stateOf(cluster)).toBe("UPGRADE_STATE_REBOOTING");
    const version = JSON.parse((await askFor(cluster, "/v1/version")).body);
    expect(version.revision_id).toBe("Qumulo Core 7.2.3");
  });

  it("tells its present certificate after a change of it", async () => {
    const cluster = await begin({ scenario: "idle", clock: handClock() });
    await cluster.rotateCertificate();
    expect((await askFor(cluster)).fingerprint256).toBe(cluster.fingerprint256);
  });

  it("leaves no timer and no port behind", async () => {
    const clock = handClock();
    const cluster = await startCluster({ scenario: "idle", clock });
    expect(clock.timers()).toBe(1);
    await cluster.stop();
    expect(clock.timers()).toBe(0);
    expect(await stateOf(cluster)).toBe("ECONNREFUSED");
  });
});
