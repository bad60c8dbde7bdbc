import { type Heard, newestOf, type Received } from "./fetchJson.ts";
import { neverOlder } from "./queryClient.ts";

/** What is worded by the day, the zone or a place in a lane is made anew at least so often. */
const longestDrawnMs = 5000;

/**
 * What to draw by a new answer: what is drawn already, for as long as nothing else is told but moments and ages. Those are
 * read from the newest answer wherever they count, so that most answers cost no drawing at all.
 *
 * @param drawn what is drawn; its newest answer becomes the new one
 * @param tellsTheSame whether an answer tells nothing else than the one before but moments and ages
 */
export function drawnBy<Answer>(
  next: Heard<Answer>,
  drawn: Received<Answer> | undefined,
  tellsTheSame: (answer: Answer, before: Answer) => boolean,
): Received<Answer> {
  if (
    drawn?.newest === undefined ||
    next.receivedAtMs - drawn.receivedAtMs >= longestDrawnMs ||
    !tellsTheSame(next.answer, drawn.answer)
  ) {
    // A replay's moments are its own.
    return next.clock === undefined ? { ...next, newest: { current: next } } : next;
  }
  // A late old reply is no news.
  if (neverOlder(newestOf(drawn), next) === next) {
    drawn.newest.current = next;
  }
  return drawn;
}
