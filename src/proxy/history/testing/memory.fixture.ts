import type { Span } from "../../../upgrade/span.ts";
import { applyChange } from "../../../upgrade/span.ts";
import type { Clock } from "../../clock.ts";
import type { History } from "../history.ts";
import type { HistoryHealth } from "../saver.ts";

const mostSpans = 2_000;

/**
 * A history in memory alone, for tests of what works with one.
 *
 * @param reason why, in words for people; what {@link History.health} says
 */
export function openMemoryHistory(clock: Pick<Clock, "now">, reason: string): History {
  const startedAt = clock.now();
  const clusters = new Map<string, { readonly spans: readonly Span[]; readonly newest: number }>();
  const health: HistoryHealth = { state: "degraded", since: startedAt, message: reason };

  const read = (cluster: string, from: number, to: number, limit: number): readonly Span[] => {
    const spans = clusters.get(cluster)?.spans ?? [];
    const first = spans.findIndex((span) => span.to >= from);
    const start = first === -1 ? spans.length - 1 : first;
    const isHeldOver = first > 0 && (spans[first]?.from ?? from) > from;
    return spans
      .slice(Math.max(0, isHeldOver ? start - 1 : start))
      .filter((span) => span.from <= to)
      .slice(-limit);
  };

  return {
    opening: () => null,
    load: (cluster, since) => Promise.resolve(read(cluster, since, Infinity, mostSpans)),
    record: (cluster, change) => {
      const { spans, newest } = clusters.get(cluster) ?? { spans: [], newest: 0 };
      const added = change.kind === "append" ? change.spans.length : 0;
      const changed = applyChange(spans, change).slice(-mostSpans);
      clusters.set(cluster, { spans: changed, newest: newest + added });
      return Promise.resolve();
    },
    read: (cluster, from, to, limit) =>
      Promise.resolve({
        revision: `${startedAt.toString(36)}-${clusters.get(cluster)?.newest ?? 0}`,
        spans: read(cluster, from, to, limit),
      }),
    page: (cluster, before, limit) => {
      const records = (clusters.get(cluster)?.spans ?? []).map((span, index) => ({
        cluster,
        sequence: index + 1,
        span,
      }));
      return Promise.resolve(
        records.filter(({ sequence }) => sequence < (before ?? Infinity)).slice(-limit),
      );
    },
    notes: {
      read: () => Promise.resolve({ notes: [], unreadable: 0 }),
      add: () => Promise.reject(new Error(reason)),
      withdraw: () => Promise.reject(new Error(reason)),
    },
    keptFrom: () => 0,
    unreadable: () => 0,
    prune: () => Promise.resolve(0),
    health: () => health,
    pending: () => 0,
    notices: () => [{ code: "history-degraded", since: startedAt, message: reason }],
    close: () => Promise.resolve(true),
  };
}
