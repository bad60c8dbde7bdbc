import { useEffect, useMemo, useState } from "react";
import type { Span } from "../../upgrade/span.ts";
import type { HistoryReading } from "./readHistory.ts";

type ReadHistory = (spans: readonly Span[]) => HistoryReading;

const nothingRead: HistoryReading = { run: undefined, ledger: [] };

/** What the history tells, once the code that reads it is there; the history itself comes no sooner. */
export function useHistoryReading(spans: readonly Span[]): HistoryReading {
  const [read, setRead] = useState<ReadHistory | null>(null);
  useEffect(() => {
    import("./afterFirstPaint.ts").then(
      ({ readHistory }) => setRead(() => readHistory),
      () => {
        // The parts that draw the history come from the same code: they say that it is missing, and ask for it again.
      },
    );
  }, []);
  return useMemo(() => (read === null ? nothingRead : read(spans)), [read, spans]);
}
