/** What is said of clocks: none of it changes an age, a duration or a verdict, which come from the steady clock. */
import type { Notice } from "../contract/api.ts";
import { dayMs, minuteMs, skewWords } from "../upgrade/duration.ts";
import type { Clock } from "./clock.ts";
import type { StatusPoll } from "./cluster/cluster.ts";
import { hostOf } from "./cluster/nodes/disagreement.ts";
import type { NoticeBoard } from "./notices.ts";

/** Dates that are off by less mislead nobody. */
const worthSayingMs = minuteMs;
/** A skew that was said is said until it is clearly less, so that it does not come and go. */
const clearlyLess = 0.75;

/** Says that an earlier process wrote its records by a clock that was ahead of ours: whose was wrong nobody can tell. */
export function holdAhead(board: NoticeBoard, aheadMs: number, startedAt: number): void {
  const message = `The newest record from before the last start lay ${skewWords(aheadMs)} ahead of this server's clock. Records from before are moved back to end at that start: their durations are right, their dates may not be.`;
  board.hold("history-ahead", aheadMs < worthSayingMs ? null : message, startedAt);
}

/** Says how far a cluster's clock is from ours, by the date of its answers. */
export function holdSkew(board: NoticeBoard, { clusterTime, at, node }: StatusPoll): void {
  const skewMs = clusterTime === null ? 0 : clusterTime - at;
  const leastMs = board.holds("clock-skew") ? clearlyLess * worthSayingMs : worthSayingMs;
  if (Math.abs(skewMs) < leastMs) {
    board.clear("clock-skew");
    return;
  }
  const side = skewMs > 0 ? "ahead of" : "behind";
  const message = `The clock of ${node === null ? "the cluster" : hostOf(node)} is ${skewWords(skewMs)} ${side} this server's, by the date of its answers. Nothing here is measured by it.`;
  board.put("clock-skew", message, at);
}

/** Remembers for a day that the server's clock was set, and says so. */
export function watchClockSets(clock: Clock): () => readonly Notice[] {
  let sets: { readonly atMs: number; readonly byMs: number }[] = [];
  clock.onSet((byMs) => {
    sets = [...sets.slice(-99), { atMs: clock.steadyMs(), byMs }];
  });
  return () => {
    const fromMs = clock.steadyMs() - dayMs;
    const said = sets.filter(({ atMs, byMs }) => atMs >= fromMs && Math.abs(byMs) >= worthSayingMs);
    const last = said.at(-1);
    if (last === undefined) {
      return [];
    }
    const { atMs, byMs } = last;
    const at = clock.dateOf(atMs);
    const hour = new Date(at).toISOString().slice(11, 16);
    const often = said.length === 1 ? "" : `, the last of ${said.length} times in a day`;
    const message = `The server's clock was set ${byMs < 0 ? "back" : "forward"} by ${skewWords(byMs)} at ${hour} UTC${often}. What was heard before is dated anew by it; durations and ages are right.`;
    return [{ code: "clock-changed", since: at, message }];
  };
}
