import type { Configuration } from "../../contract/configuration.ts";
import { dayMs, hourMs, minuteMs } from "../../upgrade/duration.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { History } from "./history.ts";
import { type PruneLimits, type PrunePlace, type Pruning, pruningBegins } from "./disk/pruning.ts";
import type { Answer, Request } from "./protocol.ts";

/** A clock that was set forward is believed after so long: set by mistake, it would have everything deleted. */
const doubtMs = dayMs;

/**
 * Deletes what is older than it should be, or too much, a minute after the start and every hour.
 *
 * @param retention read each time, as it may be configured anew
 * @returns ends it
 */
export function pruneHourly(
  history: Pick<History, "prune">,
  retention: () => Configuration["retention"],
  clock: Pick<Clock, "now" | "steadyMs" | "after" | "onSet">,
  log: Pick<Log, "info" | "warn">,
): () => void {
  let isStopped = false;
  let cancel = (): void => undefined;
  let leaps: { readonly atMs: number; readonly byMs: number }[] = [];
  const stopListening = clock.onSet((byMs) => {
    leaps.push({ atMs: clock.steadyMs(), byMs });
  });
  /** The date without what it was set forward by of late. */
  const cautiousNow = (): number => {
    const fromMs = clock.steadyMs() - doubtMs;
    leaps = leaps.filter(({ atMs }) => atMs >= fromMs);
    return (
      clock.now() -
      Math.max(
        0,
        leaps.reduce((sum, { byMs }) => sum + byMs, 0),
      )
    );
  };
  const prune = async (): Promise<void> => {
    const { ageMs, bytes } = retention();
    try {
      const deleted = await history.prune(cautiousNow() - ageMs, bytes);
      if (deleted > 0) {
        log.info("The history was pruned", { deleted });
      }
    } catch (error) {
      log.warn("The history was not pruned", { error });
    }
    plan(hourMs);
  };
  const plan = (afterMs: number): void => {
    if (!isStopped) {
      cancel = clock.after(afterMs, () => void prune());
    }
  };
  plan(minuteMs);
  return () => {
    isStopped = true;
    stopListening();
    cancel();
  };
}

/** What a pruning did. */
export type Pruned = Omit<Pruning, "next">;

/** Prunes in one round after the other, so that writes get between them. */
export async function pruneInRounds(
  ask: (request: Request) => Promise<Answer>,
  limits: PruneLimits,
): Promise<Pruned> {
  const keptFrom = new Map<string, number>();
  let deleted = 0;
  let excessBytes = 0;
  for (let place: PrunePlace | null = pruningBegins; place !== null;) {
    // oxlint-disable-next-line no-await-in-loop
    const answer: Answer = await ask({ kind: "prune", limits, place });
    if (answer.kind !== "pruned") {
      break;
    }
    place = answer.next;
    deleted += answer.deleted;
    excessBytes = Math.max(excessBytes, answer.excessBytes);
    for (const [cluster, from] of answer.keptFrom) {
      keptFrom.set(cluster, from);
    }
  }
  return { deleted, keptFrom, excessBytes };
}
