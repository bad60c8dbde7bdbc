import { isState, type State, stateOrder, states } from "../../upgrade/status.ts";

/** One of the five steps of an upgrade. */
export type RailStep = {
  readonly state: State;
  readonly position: "passed" | "now" | "ahead" | "left-out";
};

/**
 * The five steps as they stand. A step that lies before the present one was passed, whether it was seen or not; no time
 * is claimed for it here.
 *
 * @param isFinished whether the upgrade is over and proven
 */
export function railOf(
  state: string | null,
  upgradeType: string | null,
  isFinished: boolean,
): readonly RailStep[] {
  const order = state !== null && isState(state) ? states[state].order : 0;
  return stateOrder.slice(1).map((step) => {
    if (step === "UPGRADE_STATE_REBOOTING" && upgradeType === "SOFTWARE_ONLY") {
      return { state: step, position: "left-out" };
    }
    if (isFinished || states[step].order < order) {
      return { state: step, position: "passed" };
    }
    return { state: step, position: states[step].order === order ? "now" : "ahead" };
  });
}
