/** The pieces that the stories are put together from. */
import type { Phase, UpgradeKind } from "../scenario.ts";

export const minute = 60;
export const hour = 60 * minute;

/** Software only, automatic commit. */
export const software: UpgradeKind = {
  upgrade_type: "SOFTWARE_ONLY",
  auto_commit: true,
  do_rolling_reboot: false,
  num_nodes_to_reboot: 1,
};
/** Software only, someone has to commit. */
export const manual: UpgradeKind = { ...software, auto_commit: false };
/** Software and platform, complete reboot, automatic commit. */
export const platform: UpgradeKind = { ...software, upgrade_type: "SOFTWARE_AND_PLATFORM" };
/** Software and platform, one node after another, automatic commit. */
export const rolling: UpgradeKind = { ...platform, do_rolling_reboot: true };
/** Software and platform, one node after another, someone has to commit. */
export const manualRolling: UpgradeKind = { ...rolling, auto_commit: false };

/** Nothing in flight. */
export const idle = (seconds: number, release = 0, more: Partial<Phase> = {}): Phase => ({
  seconds,
  state: "UPGRADE_STATE_IDLE",
  release,
  ...more,
});

/** The image is staged; the percent moves evenly. */
export const preparing = (
  seconds: number,
  upgrade: UpgradeKind,
  progress: readonly [from: number, to: number] = [0, 100],
  more: Partial<Phase> = {},
): Phase => ({ seconds, state: "UPGRADE_STATE_PREPARING", progress, upgrade, ...more });

/** Staged, and someone is awaited. */
export const prepared = (seconds: number, upgrade: UpgradeKind): Phase => ({
  seconds,
  state: "UPGRADE_STATE_PREPARED",
  upgrade,
});

/** The commit and the moment after it: 20 s and 3 s. */
export const commit = (upgrade: UpgradeKind, more: Partial<Phase> = {}): readonly Phase[] => [
  { seconds: 20, state: "UPGRADE_STATE_COMMITTING", upgrade, ...more },
  { seconds: 3, state: "UPGRADE_STATE_COMMITTED", upgrade, ...more },
];

/** Not answering after the commit; what comes back runs the new version. */
export const away = (seconds: number, upgrade: UpgradeKind, more: Partial<Phase> = {}): Phase => ({
  seconds,
  state: "UPGRADE_STATE_COMMITTED",
  upgrade,
  behaviour: "refused",
  release: 1,
  ...more,
});

/** All nodes reboot at once; the settings are gone by then. */
export const completeReboot = (
  seconds: number,
  behaviour: Phase["behaviour"] = "answering",
): Phase => ({ seconds, state: "UPGRADE_STATE_REBOOTING", behaviour, release: 1 });

/** How a rolling reboot goes. */
export type RollingReboot = {
  /** The nodes that are still to reboot, in their order. */
  readonly order: readonly number[];
  /** The nodes that did so before. */
  readonly before?: readonly number[];
  /** Whether a node that reboots can be asked all the same, as behind a floating address. */
  readonly floating?: boolean;
};

const rebootSeconds = 7 * minute;
const restripeSeconds = 2 * minute;

/** Node after node: a brief reset of all connections, seven minutes of reboot, two of restriping. */
export function rollingReboot({ order, before = [], floating = false }: RollingReboot): Phase[] {
  return order.flatMap((node, index): Phase[] => {
    const back = [...before, ...order.slice(0, index)];
    const during = rebooting(rebootSeconds, back);
    return [
      { ...rebooting(2, back), behaviour: "reset" },
      floating ? during : { ...during, darkNodes: [node] },
      rebooting(restripeSeconds, [...back, node]),
    ];
  });
}

/** A rolling reboot in which these nodes are back already. */
export const rebooting = (
  seconds: number,
  back: readonly number[],
  more: Partial<Phase> = {},
): Phase => ({
  seconds,
  state: "UPGRADE_STATE_REBOOTING",
  upgrade: rolling,
  rebooted: back.length,
  upgradedNodes: back,
  ...more,
});
