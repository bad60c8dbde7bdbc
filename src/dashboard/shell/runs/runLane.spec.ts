import { expect, it } from "vitest";
import { runLane } from "./runLane.ts";

const state = (
  name: string,
  from: number,
  to: number,
  changes: Partial<Parameters<typeof runLane>[0]["states"][number]> = {},
) => ({
  state: `UPGRADE_STATE_${name}`,
  inferred: false,
  from,
  to,
  open: false,
  fromExact: true,
  toExact: true,
  measuredMs: to - from,
  inferredMs: 0,
  leastMs: to - from,
  mostMs: to - from,
  longestStillMs: 0,
  ...changes,
});

it("places each state on the upgrade's own length, and leaves bare what was not heard", () => {
  const lane = runLane({
    from: 0,
    to: 100_000,
    lastHeard: 100_000,
    states: [
      state("PREPARING", 0, 50_000),
      state("COMMITTING", 50_000, 70_000, { inferred: true }),
      state("COMMITTED", 50_000, 70_000, { inferred: true }),
      state("REBOOTING", 70_000, 90_000),
    ],
  });
  expect(lane.pieces.map(({ key, start, end }) => [key, start, end])).toEqual([
    ["hole-0.5", 0.5, 0.7],
    ["hole-0.9", 0.9, 1],
    ["0-UPGRADE_STATE_PREPARING", 0, 0.5],
    ["1-UPGRADE_STATE_COMMITTING", 0.5, 0.6],
    ["2-UPGRADE_STATE_COMMITTED", 0.6, 0.7],
    ["3-UPGRADE_STATE_REBOOTING", 0.7, 0.9],
  ]);
  expect(lane.words).toBe(
    "Preparing 50 s, Committing not seen, Committed not seen, Rebooting 20 s",
  );
});
