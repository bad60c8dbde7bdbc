import type { UpgradeSettings } from "../status.ts";

/** What kind of upgrade it is, in a few words: `platform upgrade`, `rolling reboot, 1 node at a time`. */
export function upgradeFacts(settings: UpgradeSettings | null): readonly string[] {
  const type = settings?.upgrade_type ?? null;
  if (type === "SOFTWARE_ONLY") {
    return ["software upgrade"];
  }
  const nodes = settings?.num_nodes_to_reboot ?? null;
  const batch = nodes === null ? "" : `, ${nodes} ${nodes === 1 ? "node" : "nodes"} at a time`;
  const rolling = settings?.do_rolling_reboot ?? null;
  const reboot =
    rolling === null ? [] : [rolling ? `rolling reboot${batch}` : "all nodes reboot at once"];
  if (type === "SOFTWARE_AND_PLATFORM") {
    return ["platform upgrade", ...reboot];
  }
  return type === null ? reboot : [type, ...reboot];
}
