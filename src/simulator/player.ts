import type { EpochMs } from "../upgrade/status.ts";
import type { SimulatedCluster } from "./cluster.ts";
import { type Scenario, situationAt } from "./scenario.ts";

/** The simulator's time and its timer, passed in so that tests decide what time it is. */
export type SimulatorClock = {
  readonly now: () => EpochMs;
  /** Calls back again and again; the answer ends it. */
  readonly every: (intervalMs: number, callback: () => void) => () => void;
};

/** The real time. */
export const realClock: SimulatorClock = {
  now: () => Date.now(),
  every: (intervalMs, callback) => {
    const timer = setInterval(callback, intervalMs);
    return () => clearInterval(timer);
  },
};

const stepMs = 100;

/**
 * Lets a pretend cluster live through a scenario.
 *
 * @param speed how much faster than real time the scenario goes
 * @param headStartMs how far into the scenario it begins, in the scenario's own time
 * @returns ends it
 */
export async function play(
  cluster: SimulatedCluster,
  scenario: Scenario,
  clock: SimulatorClock,
  speed = 1,
  headStartMs = 0,
): Promise<() => Promise<void>> {
  const startedAt = clock.now();
  let settled = Promise.resolve();
  const step = (): void => {
    const elapsedMs = headStartMs + (clock.now() - startedAt) * speed;
    settled = settled.then(() => cluster.set(situationAt(scenario, elapsedMs)));
  };
  step();
  await settled;
  const end = clock.every(stepMs, step);
  return async () => {
    end();
    await settled;
  };
}
