import type { Summary } from "../../../contract/api.ts";
import { isIdle, isState, type State, stateOrder, states } from "../../../upgrade/status.ts";

/** One of the steps of an upgrade. */
export type RailStep = {
  readonly state: State;
  readonly position: "behind" | "now" | "ahead";
};

/**
 * The steps as they stand: five, or four where only the software is upgraded and nothing reboots. Of a step that lies
 * behind the present one it is not known here whether it was heard, missed or skipped.
 *
 * @returns no step where no upgrade is in flight, or its state is none of the six
 */
export function railOf(state: string | null, upgradeType: string | null): readonly RailStep[] {
  if (state === null || !isState(state) || isIdle(state)) {
    return [];
  }
  const { order } = states[state];
  const rebootsNot = upgradeType === "SOFTWARE_ONLY" && state !== "UPGRADE_STATE_REBOOTING";
  return stateOrder.slice(1, rebootsNot ? -1 : undefined).map((step) => {
    const ahead = states[step].order === order ? "now" : "ahead";
    return { state: step, position: states[step].order < order ? "behind" : ahead };
  });
}

/**
 * How much of its present step a cluster says is done, from 0 to 1: the percent of preparing, the nodes that are back of
 * those that reboot.
 *
 * @returns null where the cluster gives no such figure
 */
export function shareOf({
  state,
  progress,
  reboot,
}: Pick<Summary, "state" | "progress" | "reboot">): number | null {
  if (state === "UPGRADE_STATE_PREPARING" && progress !== null) {
    return Math.floor(progress) / 100;
  }
  return state === "UPGRADE_STATE_REBOOTING" && reboot !== null && reboot.total > 0
    ? reboot.rebooted / reboot.total
    : null;
}
