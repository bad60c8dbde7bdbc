/** A rolling reboot in words: the same on page, wall and alert. */
import { durationWords, measuredWords } from "./duration.ts";
import { longStep, medianNodeMs, nodeTimesMs, type RebootProgress } from "./reboot.ts";
import type { EpochMs, UpgradeSettings } from "./status.ts";

/** `2 of 6`, and whether the cluster has paused it. */
export function rebootCount(reboot: Pick<RebootProgress, "rebooted" | "total" | "state">): string {
  const count = `${reboot.rebooted} of ${reboot.total}`;
  return isPaused(reboot) ? `${count}, paused` : count;
}

/** How many nodes are back, and what is known of the time that one takes. */
export function rebootDetail(
  reboot: RebootProgress,
  settings: UpgradeSettings | null,
  now: EpochMs,
): string {
  const { total, rebooted, steps } = reboot;
  const back = `${rebooted} of ${total} nodes are back`;
  if (isPaused(reboot)) {
    return `${back}; the cluster has paused the reboot.`;
  }
  const hint = rebootHint(reboot, settings, now);
  if (hint !== null) {
    return `${back}. ${hint}`;
  }
  const medianMs = medianNodeMs(steps);
  const count = nodeTimesMs(steps).length;
  return medianMs === null
    ? `${back}.`
    : `${back}; a node takes ${measuredWords(medianMs)}${count === 1 ? "" : ` (median of ${count})`}.`;
}

/** Why the present node may take longer than the others; null while it does not. */
export function rebootHint(
  reboot: RebootProgress,
  settings: UpgradeSettings | null,
  now: EpochMs,
): string | null {
  const batch = settings?.num_nodes_to_reboot ?? null;
  const long = isPaused(reboot) ? null : longStep(reboot, batch, now);
  if (long === null) {
    return null;
  }
  const { takenMs, usualMs } = long;
  const who = (batch ?? 1) > 1 ? "The present batch" : `Node ${reboot.rebooted + 1}`;
  const taken = `${reboot.sinceExact ? "" : "at least "}${durationWords(takenMs)}`;
  return `${who} has taken ${taken}, the others ${measuredWords(usualMs)}; the cluster waits for its restriper after each batch; under heavy writes that is long and legitimate.`;
}

function isPaused({ state }: Pick<RebootProgress, "state">): boolean {
  return state === "REBOOT_PAUSED" || state === "REBOOT_PAUSED_DUE_TO_ERROR";
}
