import { countUntil } from "../../upgrade/countUntil.ts";
import type { EarlierRun } from "../../upgrade/runs/earlierRun.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { Clock } from "../clock.ts";

/** A run that ended, and since when it is known how. */
export type EndedRun = { readonly run: EarlierRun; readonly knownAt: EpochMs };

const holdMs = 5_000;
/** Moments that viewers ask for lie close together, mostly between the same two runs. */
const mostHeld = 16;

/**
 * The upgrades that forecasts of a moment may rest on: those that had ended by then, and no others. The same array for the
 * same runs, so that it is indexed once.
 */
export function heldEarlierBy(
  read: () => readonly EndedRun[],
  clock: Pick<Clock, "steadyMs">,
): (at: EpochMs) => readonly EarlierRun[] {
  let ended: readonly EndedRun[] = [];
  let names = "";
  let readAtMs = Number.NEGATIVE_INFINITY;
  const held = new Map<number, readonly EarlierRun[]>();
  return (at) => {
    const nowMs = clock.steadyMs();
    if (nowMs - readAtMs >= holdMs) {
      readAtMs = nowMs;
      const next = [...read()].sort((one, other) => one.knownAt - other.knownAt);
      const named = next.map(({ run }) => `${run.cluster} ${run.run} ${run.outcome}`).join();
      if (named !== names) {
        held.clear();
        ended = next;
        names = named;
      }
    }
    const count = countUntil(ended, at, ({ knownAt }) => knownAt);
    const known = held.get(count) ?? ended.slice(0, count).map(({ run }) => run);
    if (held.size >= mostHeld && !held.has(count)) {
      held.clear();
    }
    held.set(count, known);
    return known;
  };
}
