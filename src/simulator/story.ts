import { positionAt, type Scenario, situationAt } from "./scenario.ts";
import type { ClusterSituation } from "./situation.ts";

/** A scenario that is being told: it goes by the clock, and a commit makes it skip what is left of the wait. */
export type Story = {
  readonly situation: () => ClusterSituation;
  /** Goes on from PREPARED at once; does nothing in any other state. */
  readonly commit: () => void;
};

/** @param elapsedMs how long the scenario goes already, in milliseconds of its own time */
export function tell(scenario: Scenario, elapsedMs: () => number): Story {
  let skippedMs = 0;
  return {
    situation: () => situationAt(scenario, elapsedMs() + skippedMs),
    commit: () => {
      const position = positionAt(scenario, elapsedMs() + skippedMs);
      if (position?.phase.state === "UPGRADE_STATE_PREPARED") {
        skippedMs += position.leftMs;
      }
    },
  };
}
