import { drawnBy } from "../drawn.ts";
import type { Heard, Received } from "../fetchJson.ts";
import type { FleetAnswer } from "./answer.ts";

/** What to draw of all clusters by a new answer; see {@link drawnBy}. */
export function fleetDrawnBy(
  next: Heard<FleetAnswer>,
  drawn: Received<FleetAnswer> | undefined,
): Received<FleetAnswer> {
  return drawnBy(next, drawn, tellsTheSame);
}

function tellsTheSame(next: FleetAnswer, before: FleetAnswer): boolean {
  return (
    next.clusters === before.clusters &&
    next.notices === before.notices &&
    next.build === before.build &&
    next.simulated === before.simulated
  );
}
