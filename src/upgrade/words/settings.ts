/** The six settings in plain words. */
import type { UpgradeSettings } from "../status.ts";
import { versionText } from "../version.ts";

/** One setting as it is shown. */
export type SettingRow = {
  /** The cluster's own name of it. */
  readonly apiName: keyof UpgradeSettings;
  readonly label: string;
  readonly value: string;
  /** What it leads to; null where there is nothing to say. */
  readonly meaning: string | null;
  /** Whether somebody is awaited because of it. */
  readonly awaitsPerson: boolean;
  /** Whether the value is a raw text of the cluster's. */
  readonly raw: boolean;
};

const absent = "—";

/** The six settings, always all of them; what the cluster does not say is shown as such. */
export function settingRows(settings: UpgradeSettings | null): readonly SettingRow[] {
  const target = settings?.target_version ?? null;
  return [
    {
      ...row("target_version", "Target version"),
      value: target === null ? unknown(settings).value : versionText(target),
    },
    { ...row("upgrade_type", "Upgrade type"), ...upgradeType(settings) },
    { ...row("auto_commit", "Commit"), ...commit(settings) },
    { ...row("do_rolling_reboot", "Reboot"), ...reboot(settings) },
    { ...row("num_nodes_to_reboot", "Nodes at a time"), ...batch(settings) },
    { ...row("install_path", "Image"), value: settings?.install_path ?? absent, raw: true },
  ];
}

type Worded = Pick<SettingRow, "value" | "meaning"> & Partial<Pick<SettingRow, "awaitsPerson">>;

function row(apiName: SettingRow["apiName"], label: string): SettingRow {
  return { apiName, label, value: absent, meaning: null, awaitsPerson: false, raw: false };
}

function unknown(settings: UpgradeSettings | null): Worded {
  return { value: settings === null ? absent : "unknown", meaning: null };
}

function upgradeType(settings: UpgradeSettings | null): Worded {
  switch (settings?.upgrade_type ?? null) {
    case null:
      return unknown(settings);
    case "SOFTWARE_ONLY":
      return {
        value: "Software only",
        meaning: "Containers restart after commit; usually away for less than 30 s",
      };
    case "SOFTWARE_AND_PLATFORM":
      return { value: "Software and platform", meaning: "Nodes reboot after commit" };
    default:
      return {
        value: settings?.upgrade_type ?? absent,
        meaning: "A type that this page doesn't know",
      };
  }
}

function commit(settings: UpgradeSettings | null): Worded {
  switch (settings?.auto_commit ?? null) {
    case null:
      return unknown(settings);
    case true:
      return { value: "Automatic", meaning: "Commits by itself as soon as it is prepared" };
    case false:
      return {
        value: "Manual",
        meaning: "Stops at Prepared until someone commits",
        awaitsPerson: true,
      };
  }
}

function reboot(settings: UpgradeSettings | null): Worded {
  const rolling = settings?.do_rolling_reboot ?? null;
  if (rolling === null) {
    return unknown(settings);
  }
  const value = rolling ? "Rolling" : "All nodes at once";
  if (settings?.upgrade_type === "SOFTWARE_ONLY") {
    return { value, meaning: "Without effect: a software-only upgrade reboots no node" };
  }
  return {
    value,
    meaning: rolling
      ? "NFS stays up; SMB sessions drop per node"
      : "NFS and SMB are down while the nodes reboot",
  };
}

function batch(settings: UpgradeSettings | null): Worded {
  const nodes = settings?.num_nodes_to_reboot ?? null;
  if (nodes === null) {
    return unknown(settings);
  }
  const matters = settings?.do_rolling_reboot === true && settings.upgrade_type !== "SOFTWARE_ONLY";
  return {
    value: String(nodes),
    meaning: matters ? "Waits for the restriper after every batch" : null,
  };
}
