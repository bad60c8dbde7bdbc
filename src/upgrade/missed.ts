import type { StatusSpan } from "./span.ts";
import { isIdle, isState, type State, stateOrder, states, type UpgradeSettings } from "./status.ts";
import { sameVersion } from "./version.ts";

/**
 * The states that an upgrade must have passed between two answers without being heard in them.
 *
 * Nothing is inferred from silence alone: a way back to idle counts only when the running version proves it.
 *
 * @param before the last answer before
 * @param after the next answer
 */
export function missedStates(before: StatusSpan, after: StatusSpan): readonly State[] {
  const { state: from } = before.status;
  const { state: to } = after.status;
  if (!isState(from) || !isState(to)) {
    return [];
  }
  // What was set before holds for what was missed: after the commit a cluster may report other settings.
  const settings = isIdle(from)
    ? (after.status.settings ?? before.status.settings)
    : (before.status.settings ?? after.status.settings);
  const way = stateOrder.filter((state) => isOnTheWay(state, settings));
  const fromOrder = states[from].order;
  const toOrder = states[to].order;
  if (fromOrder < toOrder) {
    return way.filter((state) => states[state].order > fromOrder && states[state].order < toOrder);
  }
  if (to === "UPGRADE_STATE_IDLE") {
    const upgraded = sameVersion(before.version, after.version) === false;
    return upgraded ? way.filter((state) => states[state].order > fromOrder) : [];
  }
  // Back from the commit to a new prepare without an idle between: the idle was too short to hear.
  return states[from].precedesRestart && !states[to].precedesRestart ? ["UPGRADE_STATE_IDLE"] : [];
}

function isOnTheWay(state: State, settings: UpgradeSettings | null): boolean {
  if (state === "UPGRADE_STATE_IDLE") {
    return false;
  }
  if (state === "UPGRADE_STATE_PREPARED") {
    return settings?.auto_commit === false;
  }
  if (state === "UPGRADE_STATE_REBOOTING") {
    return settings?.upgrade_type === "SOFTWARE_AND_PLATFORM";
  }
  return true;
}
