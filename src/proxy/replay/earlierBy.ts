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
    const count = countBy(ended, at);
    const known = held.get(count) ?? ended.slice(0, count).map(({ run }) => run);
    if (held.size >= mostHeld && !held.has(count)) {
      held.clear();
    }
    held.set(count, known);
    return known;
  };
}

function countBy(ended: readonly EndedRun[], at: EpochMs): number {
  let low = 0;
  let high = ended.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ended[middle]?.knownAt ?? at) <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
