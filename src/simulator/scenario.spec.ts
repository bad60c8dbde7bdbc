import { describe, expect, it } from "vitest";
import { minuteMs, secondMs } from "../upgrade/duration.ts";
import { type Phase, positionAt, releaseName, type Scenario, situationAt } from "./scenario.ts";
import { idleSituation, nodeView, statusPath, usualSettings } from "./situation.ts";
import { idle, preparing, rebooting, rollingReboot, software } from "./stories/phases.ts";

const story = (phases: readonly Phase[], nodes = 6): Scenario => ({
  description: "a story",
  nodes,
  phases,
});

describe("what a cluster is at a moment of its scenario", () => {
  const upgrade = story([idle(60), preparing(200, software), idle(40, 1)]);

  it.each([
    [0, "UPGRADE_STATE_IDLE", 0, "7.1.4"],
    [60 * secondMs - 1, "UPGRADE_STATE_IDLE", 0, "7.1.4"],
    [60 * secondMs, "UPGRADE_STATE_PREPARING", 0, "7.1.4"],
    [160 * secondMs, "UPGRADE_STATE_PREPARING", 50, "7.1.4"],
    [260 * secondMs - 1, "UPGRADE_STATE_PREPARING", 100, "7.1.4"],
    [260 * secondMs, "UPGRADE_STATE_IDLE", 0, "7.2.3"],
  ])("at %d ms: %s, %d %%, on %s", (elapsedMs, state, progress, version) => {
    expect(situationAt(upgrade, elapsedMs)).toMatchObject({ state, progress, version });
  });

  it("begins again from the release that it has reached", () => {
    const next = situationAt(upgrade, 300 * secondMs + 60 * secondMs);
    expect(next).toMatchObject({
      state: "UPGRADE_STATE_PREPARING",
      version: "7.2.3",
      settings: { target_version: "7.2.4", install_path: "/upgrade/qumulo_core_7.2.4.qimg" },
    });
    expect([0, 1, 2, 3].map(releaseName)).toEqual(["7.1.4", "7.2.3", "7.2.4", "7.2.5"]);
  });

  it("begins again on the old release when it never left it", () => {
    const failing = story([idle(1), preparing(1, software)]);
    expect(situationAt(failing, 2000).version).toBe("7.1.4");
  });

  it("has the usual settings in a software-only upgrade", () => {
    expect(situationAt(upgrade, 60 * secondMs).settings).toEqual(usualSettings);
  });

  it("is idle before its beginning, and without any phase", () => {
    expect(situationAt(upgrade, -5).state).toBe("UPGRADE_STATE_IDLE");
    expect(situationAt(story([]), 5)).toEqual(idleSituation);
  });

  it("knows how long a phase goes on", () => {
    expect(positionAt(upgrade, 60 * secondMs + 50 * secondMs)).toMatchObject({
      share: 0.25,
      leftMs: 150 * secondMs,
      round: 0,
    });
  });

  it("sends a raw body in place of the status only", () => {
    const odd = story([preparing(1, software, [0, 0], { rawBody: "{}" })]);
    expect(Object.keys(situationAt(odd, 0).replies)).toEqual([statusPath]);
  });
});

describe("a rolling reboot", () => {
  const rolling = story(rollingReboot({ before: [1], order: [0, 2] }), 3);
  const at = (elapsedMs: number) => {
    const situation = situationAt(rolling, elapsedMs);
    const nodes = [0, 1, 2].map((node) => nodeView(situation, node));
    return {
      rebooted: situation.reboot.rebooted,
      behaviours: nodes.map(({ behaviour }) => behaviour),
      versions: nodes.map(({ version }) => version),
    };
  };

  it("resets all connections for a moment before a node goes", () => {
    expect(at(0)).toEqual({
      rebooted: 1,
      behaviours: ["reset", "reset", "reset"],
      versions: ["7.1.4", "7.2.3", "7.1.4"],
    });
  });

  it("has one node dark while the others answer", () => {
    expect(at(2 * secondMs).behaviours).toEqual(["refused", "answering", "answering"]);
  });

  it("counts the node and gives it the new version once it is back", () => {
    expect(at(2 * secondMs + 7 * minuteMs)).toEqual({
      rebooted: 2,
      behaviours: ["answering", "answering", "answering"],
      versions: ["7.2.3", "7.2.3", "7.1.4"],
    });
  });

  it("keeps every node reachable behind a floating address", () => {
    const floating = story(rollingReboot({ order: [0, 1], floating: true }));
    expect(floating.phases.some(({ darkNodes }) => darkNodes !== undefined)).toBe(false);
  });

  it("tells an error on the reboot endpoint only", () => {
    const stopped = story([
      rebooting(1, [0], { rebootState: "REBOOT_PAUSED_DUE_TO_ERROR", rebootError: "no quorum" }),
    ]);
    expect(situationAt(stopped, 0)).toMatchObject({
      errorInfo: null,
      reboot: { state: "REBOOT_PAUSED_DUE_TO_ERROR", error: "no quorum", total: 6, rebooted: 1 },
    });
  });
});
