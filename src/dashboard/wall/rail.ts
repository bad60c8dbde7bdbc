import { isState, type State, stateOrder, states } from "../../upgrade/status.ts";

/** One of the steps of an upgrade. */
export type RailStep = {
  readonly state: State;
  readonly position: "passed" | "now" | "ahead";
};

/**
 * The steps as they stand: five, or four where only the software is upgraded and nothing reboots. A step that lies before the present one was passed, whether it was seen or not; no time
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
  const rebootsNot = upgradeType === "SOFTWARE_ONLY";
  const steps = stateOrder.slice(1, rebootsNot ? -1 : undefined);
  return steps.map((step) => {
    if (isFinished || states[step].order < order) {
      return { state: step, position: "passed" };
    }
    return { state: step, position: states[step].order === order ? "now" : "ahead" };
  });
}
