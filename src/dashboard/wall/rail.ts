import { isIdle, isState, type State, stateOrder, states } from "../../upgrade/status.ts";

/** One of the steps of an upgrade. */
export type RailStep = {
  readonly state: State;
  readonly position: "passed" | "now" | "ahead";
};

/**
 * The steps as they stand: five, or four where only the software is upgraded and nothing reboots. A step that lies before
 * the present one was passed, whether it was seen or not; no time is claimed for it here.
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
    return { state: step, position: states[step].order < order ? "passed" : ahead };
  });
}
