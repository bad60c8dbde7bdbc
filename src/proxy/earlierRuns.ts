import type { EarlierRun } from "../upgrade/runs/earlierRun.ts";
import type { Clock } from "./clock.ts";

/** An upgrade that has just ended may wait so long until forecasts rest on it too. */
const holdMs = 5_000;

/**
 * The earlier upgrades as forecasts ask for them at every poll: read again after a while, and the same array until one of
 * them changes, so that it is indexed once.
 */
export function heldEarlierRuns(
  read: () => readonly EarlierRun[],
  clock: Pick<Clock, "steadyMs">,
): () => readonly EarlierRun[] {
  let held: { readonly runs: readonly EarlierRun[]; readonly names: string } | undefined;
  let readAtMs = 0;
  return () => {
    const nowMs = clock.steadyMs();
    if (held === undefined || nowMs - readAtMs >= holdMs) {
      readAtMs = nowMs;
      const runs = read();
      const names = runs.map(({ cluster, run, outcome }) => `${cluster} ${run} ${outcome}`).join();
      held = held?.names === names ? held : { runs, names };
    }
    return held.runs;
  };
}
