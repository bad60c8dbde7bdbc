import type { History as HistoryAnswer } from "../contract/spans.ts";
import { redate } from "../upgrade/redate.ts";
import { spanEnd, type Span } from "../upgrade/span.ts";
import type { EpochMs } from "../upgrade/status.ts";
import type { History } from "./history/history.ts";
import { mostSpans } from "./http/mostSpans.ts";
import { storedAs } from "./ledger.ts";
import type { Log } from "./log.ts";
import type { Watch } from "./watch.ts";

/** What reads the history of a cluster that is watched. */
export type SpanReader = (
  watch: Pick<Watch, "cluster" | "picture">,
  from: EpochMs,
  to: EpochMs,
) => Promise<Pick<HistoryAnswer, "spans" | "cutBefore">>;

/** Reads what was stored, with the newest spans as they are published: memory knows their last stretch. */
export function spanReader({
  history,
  log,
}: {
  readonly history: Pick<History, "read">;
  readonly log: Pick<Log, "error">;
}): SpanReader {
  return async (watch, from, to) => {
    const { id } = watch.cluster();
    const { spans: newest, stored, earlierMs } = watch.picture();
    const recent = overlapping(newest, from, to);
    if (reachesBack(newest, from)) {
      return { spans: recent };
    }
    const oldestInMemory = newest[0]?.from ?? to;
    try {
      // What is stored is dated as it was heard: where the clock was set back, what came later may have an earlier date.
      const until = Math.min(to, oldestInMemory) - earlierMs;
      const { spans } = await history.read(id, from - earlierMs, until, mostSpans + 1);
      const known = new Set(stored.map(storedAs));
      const older = spans.filter((span) => !known.has(storedAs(span)));
      return { spans: [...redate(older, earlierMs, oldestInMemory).spans, ...recent] };
    } catch (error) {
      // What is in memory is still true; the answer says from when on it is complete.
      log.error("history not read", { cluster: id, error });
      return { spans: recent, cutBefore: oldestInMemory };
    }
  };
}

/** Whether what is in memory covers the range's beginning, so that the disk need not be asked. */
function reachesBack(spans: readonly Span[], from: EpochMs): boolean {
  const oldest = spans[0];
  return oldest !== undefined && oldest.from <= from;
}

function overlapping(spans: readonly Span[], from: EpochMs, to: EpochMs): Span[] {
  return spans.filter((span, index) => spanEnd(span, spans[index + 1]) >= from && span.from <= to);
}
