import { type ErrorEntry, errorLedger } from "../../upgrade/runs/errors.ts";
import { cutRuns, type Run } from "../../upgrade/runs/run.ts";
import type { Span } from "../../upgrade/span.ts";

/** What a history tells beyond the present. */
export type HistoryReading = {
  /** The last upgrade, or the one in flight; undefined while none is known. */
  readonly run: Run | undefined;
  readonly ledger: readonly ErrorEntry[];
};

/** @param spans oldest first */
export function readHistory(spans: readonly Span[]): HistoryReading {
  return { run: cutRuns(spans).at(-1), ledger: errorLedger(spans) };
}
