import type { Clock } from "../clock.ts";
import { minuteMs } from "../../upgrade/duration.ts";

/** Who has looked lately. */
export type RecentViewers = {
  /** Notes that someone asked; the same words stand for the same viewer. */
  readonly note: (viewer: string) => void;
  /** How many different ones asked within the last minute. */
  readonly count: () => number;
};

/** Nobody can make the list grow beyond this by posing as many. */
const mostRemembered = 10_000;

/** Counts viewers, and forgets each a minute after it asked last. */
export function recentViewers({ steadyMs }: Pick<Clock, "steadyMs">): RecentViewers {
  const seenAt = new Map<string, number>();
  const forget = (): void => {
    const oldest = steadyMs() - minuteMs;
    // Whoever asks goes to the end, so the list is in the order of asking.
    for (const [viewer, at] of seenAt) {
      if (at >= oldest && seenAt.size <= mostRemembered) {
        break;
      }
      seenAt.delete(viewer);
    }
  };
  return {
    note: (viewer) => {
      seenAt.delete(viewer);
      seenAt.set(viewer, steadyMs());
      forget();
    },
    count: () => {
      forget();
      return seenAt.size;
    },
  };
}
