import { describe, expect, it } from "vitest";
import type { UpgradeSettings } from "../status.ts";
import { rollingSettings, softwareSettings } from "../testing/story.ts";
import { settingRows } from "./settings.ts";

function told(settings: UpgradeSettings | null): Record<string, string> {
  return Object.fromEntries(
    settingRows(settings).map(({ apiName, value, meaning }) => [
      apiName,
      meaning === null ? value : `${value}: ${meaning}`,
    ]),
  );
}

describe("settings", () => {
  it("say in plain words what they lead to", () => {
    expect(told({ ...rollingSettings, auto_commit: false })).toEqual({
      target_version: "7.2.3",
      upgrade_type: "Software and platform: Nodes reboot after commit",
      auto_commit: "Manual: Stops at Prepared until someone commits",
      do_rolling_reboot: "Rolling: NFS stays up; SMB sessions drop per node",
      num_nodes_to_reboot: "1: Waits for the restriper after every batch",
      install_path: "/upgrade/qumulo_core_7.2.3.qimg",
    });
  });

  it("claim no reboot of a software-only upgrade", () => {
    expect(told(softwareSettings)["do_rolling_reboot"]).toBe(
      "All nodes at once: Without effect: a software-only upgrade reboots no node",
    );
  });

  it("are all there when the cluster says nothing", () => {
    expect(Object.values(told(null))).toEqual(["—", "—", "—", "—", "—", "—"]);
  });

  it("are unknown one by one, and never guessed", () => {
    const rows = told({
      install_path: null,
      target_version: null,
      upgrade_type: "FIRMWARE",
      auto_commit: null,
      do_rolling_reboot: null,
      num_nodes_to_reboot: null,
    });
    expect(rows).toMatchObject({
      target_version: "unknown",
      upgrade_type: "FIRMWARE: A type that this page doesn't know",
      auto_commit: "unknown",
      num_nodes_to_reboot: "unknown",
    });
  });

  it("only call for a person where a person is awaited", () => {
    const awaits = (settings: UpgradeSettings): boolean =>
      settingRows(settings).some(({ awaitsPerson }) => awaitsPerson);
    expect(awaits({ ...rollingSettings, auto_commit: false })).toBe(true);
    expect(awaits(rollingSettings)).toBe(false);
  });
});
