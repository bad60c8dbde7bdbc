import { describe, expect, it } from "vitest";
import { statusOf } from "./testing/scriptedCluster.ts";
import { refused, second, watching } from "./testing/watching.ts";

describe("the poll loop of one cluster", () => {
  it("asks once an interval: slowly while idle, fast while something moves", async () => {
    const { clock, client, watch } = watching();
    await watch.start();
    await clock.pass(20 * second);
    expect(client.asked.status).toBe(5);
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 1);
    await clock.pass(5 * second);
    client.asked.status = 0;
    await clock.pass(10 * second);
    expect(client.asked.status).toBe(10);
  });

  it("never overlaps polls, and does not queue what it could not ask", async () => {
    const { clock, client, watch } = watching();
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 1);
    client.tookMs = 2500;
    await watch.start();
    await clock.pass(10 * second);
    expect(client.asked.status).toBe(5);
    // Each of the four that ended took the place of two others.
    expect(watch.polls()).toMatchObject({ answered: 4, skipped: 8 });
    client.tookMs = 0;
    await clock.pass(3 * second);
    client.asked.status = 0;
    await clock.pass(2 * second);
    expect(client.asked.status).toBe(2);
  });

  it("keeps its turn when polls begin late", async () => {
    const { clock, client, watch } = watching({ timersLateMs: 400 });
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 1);
    await watch.start();
    await clock.pass(20 * second + 400);
    expect(client.asked.status).toBe(21);
  });

  it("goes on after a fault of its own, and tells it", async () => {
    const { clock, client, watch, summary, errors } = watching();
    await watch.start();
    await clock.pass(second);
    client.next = () => {
      throw new Error("a reader that throws");
    };
    await clock.pass(10 * second);
    expect(errors).toContain("poll failed by a fault of ours");
    expect(summary().notices.map(({ code }) => code)).toContain("internal-fault");
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 7);
    await clock.pass(5 * second);
    expect(summary().headline).toBe("Preparing 7 %");
  });

  it("keeps the last answer and its age when polls fail", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 41);
    await watch.start();
    await clock.pass(second);
    client.next = () => refused;
    await clock.pass(10 * second);
    expect(summary()).toMatchObject({ link: "outage", verdict: "outage", progress: 41 });
    expect(summary().ageMs).toBeGreaterThanOrEqual(9 * second);
  });

  it("gives notice of what its nodes give cause to say, and since when", async () => {
    const { clock, client, watch, summary } = watching();
    client.remark = { "nodes-disagree": "Nodes disagree: a; b." };
    await watch.start();
    await clock.pass(second);
    const since = clock.now() - second;
    await clock.pass(10 * second);
    const notice = { code: "nodes-disagree", since, message: "Nodes disagree: a; b." };
    expect(summary()).toMatchObject({ verdict: "idle", notices: [notice] });
    client.remark = {};
    await clock.pass(5 * second);
    expect(summary().notices).toEqual([]);
  });

  it("is fresh by when answers come, for as long as they say the same", async () => {
    const { clock, watch, summary } = watching();
    await watch.start();
    await clock.pass(1800 * second);
    const heard = summary().observedAt ?? 0;
    expect(summary().ageMs).toBeLessThanOrEqual(5 * second);
    await clock.pass(5 * second);
    expect(summary().observedAt).toBe(heard + 5 * second);
    expect(watch.picture().spans.filter(({ kind }) => kind === "status")).toHaveLength(1);
  });

  it("ends an outage with the second answer in a row, for which it does not wait", async () => {
    const { clock, client, watch, summary } = watching();
    await watch.start();
    await clock.pass(second);
    client.next = () => refused;
    await clock.pass(8 * second);
    expect(summary().link).toBe("outage");
    expect(watch.polls().failed).toMatchObject({ refused: 5, timeout: 0 });
    client.next = () => statusOf("UPGRADE_STATE_IDLE");
    await clock.pass(second);
    expect(summary()).toMatchObject({ link: "outage", headline: "No steady answer" });
    await clock.pass(second);
    expect(summary()).toMatchObject({ link: "answering", headline: "Idle" });
  });

  it("reads the version before it publishes an idle after an upgrade, and each minute", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_COMMITTING");
    await watch.start();
    await clock.pass(3 * second);
    expect(client.asked.version).toBe(0);
    client.version = "7.2.3";
    client.next = () => statusOf("UPGRADE_STATE_IDLE");
    await clock.pass(second);
    expect(summary()).toMatchObject({ verdict: "done", runningVersion: "7.2.3" });
    expect(client.asked.version).toBe(1);
    await clock.pass(60 * second);
    expect(client.asked.version).toBe(2);
  });

  it("does not call an upgrade done whose version can't be read, and asks again until it can", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_COMMITTING");
    await watch.start();
    await clock.pass(second);
    client.version = null;
    client.next = () => statusOf("UPGRADE_STATE_IDLE");
    await clock.pass(10 * second);
    expect(summary()).toMatchObject({ verdict: "unproven", attention: "look" });
    client.version = "7.2.3";
    await clock.pass(5 * second);
    expect(summary().verdict).toBe("done");
  });

  it("reads how many nodes are back while nodes restart, and once a minute whether a reboot stopped", async () => {
    const { clock, client, watch, summary } = watching();
    await watch.start();
    await clock.pass(50 * second);
    expect(client.asked.reboot).toBe(1);
    client.next = () => statusOf("UPGRADE_STATE_REBOOTING");
    client.reboot = { total: 6, rebooted: 2, state: "REBOOT_IN_PROGRESS", error: null };
    await clock.pass(6 * second);
    expect(summary()).toMatchObject({
      headline: "Rebooting 2 of 6",
      reboot: { total: 6, rebooted: 2 },
    });
  });

  it("takes no node's idle for the end of a reboot that goes on", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_REBOOTING");
    client.reboot = { total: 2, rebooted: 1, state: "REBOOT_IN_PROGRESS", error: null };
    await watch.start();
    await clock.pass(second);
    client.version = "7.2.3";
    client.next = () => statusOf("UPGRADE_STATE_IDLE");
    await clock.pass(second);
    expect(summary()).toMatchObject({ verdict: "running", headline: "Rebooting 1 of 2" });
    client.reboot = { total: 2, rebooted: 2, state: "REBOOT_IDLE", error: null };
    await clock.pass(5 * second);
    expect(summary().verdict).toBe("done");
  });

  it("claims nothing of a reboot whose endpoint no longer answers", async () => {
    const { clock, client, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_REBOOTING");
    client.reboot = { total: 6, rebooted: 2, state: "REBOOT_IN_PROGRESS", error: null };
    await watch.start();
    await clock.pass(second);
    expect(summary().reboot).not.toBeNull();
    client.reboot = null;
    await clock.pass(60 * second);
    expect(summary().reboot).toBeNull();
  });

  it("does not take a poll that it cut off itself for a failure of the cluster", async () => {
    const { clock, client, watch } = watching();
    await watch.start();
    await clock.pass(second);
    client.tookMs = 2 * second;
    client.next = () => refused;
    await clock.pass(5 * second);
    const stopping = watch.stop();
    await clock.pass(5 * second);
    await stopping;
    expect(watch.picture().spans.map(({ kind }) => kind)).toEqual(["status"]);
  });

  it("waits no longer for a version that hangs than once in a while", async () => {
    const { clock, client, watch } = watching();
    client.version = null;
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 1);
    await watch.start();
    await clock.pass(21 * second);
    expect(client.asked.version).toBeLessThanOrEqual(5);
    expect(client.asked.status).toBe(22);
  });

  it("takes an invalid reply for a failed poll, with the error text that it carried", async () => {
    const { clock, client, watch } = watching();
    client.next = () => ({
      quality: "invalid",
      reason: "no-state",
      message: "The reply names no state.",
      errorInfo: "disk failure",
    });
    await watch.start();
    await clock.pass(second);
    expect(watch.picture().spans.at(-1)).toMatchObject({
      kind: "unreachable",
      failure: { kind: "invalid", message: "The reply names no state. It reports: disk failure" },
    });
  });

  it("says for as long as it holds that a certificate is not checked", async () => {
    const { watch, summary } = watching({ trust: { kind: "insecure" } });
    await watch.start();
    expect(summary().notices.map(({ code }) => code)).toEqual(["insecure-tls"]);
  });
});
