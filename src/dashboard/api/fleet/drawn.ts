import { type Heard, newestOf, type Received } from "../fetchJson.ts";
import { neverOlder } from "../queryClient.ts";
import type { FleetAnswer } from "./answer.ts";

/** What is worded by the day, the zone or a place in a lane is made anew at least so often. */
const longestDrawnMs = 5000;

/**
 * What to draw by a new answer: what is drawn already, for as long as nothing else is told but moments and ages. Those are
 * read from the newest answer wherever they count, so that most answers cost no drawing at all.
 *
 * @param drawn what is drawn; its newest answer becomes the new one
 */
export function drawnBy(
  next: Heard<FleetAnswer>,
  drawn: Received<FleetAnswer> | undefined,
): Received<FleetAnswer> {
  if (drawn?.newest === undefined || !tellsTheSame(drawn, next)) {
    // A replay's moments are its own.
    return next.clock === undefined ? { ...next, newest: { current: next } } : next;
  }
  // A late old reply is no news.
  if (neverOlder(newestOf(drawn), next) === next) {
    drawn.newest.current = next;
  }
  return drawn;
}

function tellsTheSame(drawn: Received<FleetAnswer>, next: Heard<FleetAnswer>): boolean {
  const { clusters, notices, build, simulated } = next.answer;
  const before = drawn.answer;
  const drawnForMs = next.receivedAtMs - drawn.receivedAtMs;
  return (
    clusters === before.clusters &&
    notices === before.notices &&
    build === before.build &&
    simulated === before.simulated &&
    drawnForMs < longestDrawnMs
  );
}
