import type { EpochMs } from "../../../upgrade/status.ts";
import type { Away } from "../../shell/looked/looked.ts";
import type { HistoryEvent } from "../events.ts";

/** What changed while nobody looked. */
export type SinceLooked = {
  /** The newest first. */
  readonly events: readonly HistoryEvent[];
  /** So many more came before. */
  readonly left: number;
  /** Whether the history that is at hand begins later than that time. */
  readonly isPartial: boolean;
};

const mostEvents = 6;

/**
 * The events of a time in which nobody looked; null where there were none.
 *
 * @param events the newest first
 * @param from since when the history is at hand; null where there is none
 */
export function sinceLooked(
  events: readonly HistoryEvent[],
  { since, until }: Away,
  from: EpochMs | null,
): SinceLooked | null {
  const found = events.filter(
    ({ at, kind }) => at > since && at <= until && kind !== "first-answer",
  );
  return found.length === 0
    ? null
    : {
        events: found.slice(0, mostEvents),
        left: Math.max(0, found.length - mostEvents),
        isPartial: from !== null && from > since,
      };
}
