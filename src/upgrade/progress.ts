import { type Span, spanEnd } from "./span.ts";
import type { EpochMs } from "./status.ts";

/** A point of the step line: from `at` on this percent held; null breaks the line, for nothing was heard. */
export type ProgressPoint = {
  readonly at: EpochMs;
  /** Exact percent of PREPARING, 0 to 100; null where the line is broken. */
  readonly progress: number | null;
  /** True where the percent is lower than the one before it in the same preparation: an anomaly to mark. */
  readonly fell: boolean;
};

/**
 * The progress of every preparation in these spans as one step line, broken in gaps. It ends where PREPARING ends,
 * because no percentage exists after it.
 *
 * @param spans oldest first
 */
export function progressSeries(spans: readonly Span[]): readonly ProgressPoint[] {
  const points: ProgressPoint[] = [];
  let highest: number | null = null;
  let lineEnd: EpochMs | null = null;
  const breakLine = (): void => {
    if (lineEnd !== null) {
      const last = points.at(-1);
      if (last !== undefined && last.progress !== null && last.at < lineEnd) {
        points.push({ at: lineEnd, progress: last.progress, fell: false });
      }
      points.push({ at: lineEnd, progress: null, fell: false });
      lineEnd = null;
    }
  };
  spans.forEach((span, index) => {
    const preparing = span.kind === "status" && span.status.state === "UPGRADE_STATE_PREPARING";
    const progress = preparing ? span.status.progress : null;
    if (progress === null) {
      breakLine();
      // What happened while nobody watched is not known: a prepare may have been begun anew.
      if (span.kind === "unobserved" || (span.kind === "status" && !preparing)) {
        highest = null;
      }
      return;
    }
    points.push({ at: span.from, progress, fell: highest !== null && progress < highest });
    highest = progress;
    lineEnd = spanEnd(span, spans[index + 1]);
  });
  const open = spans.at(-1);
  const last = points.at(-1);
  if (open !== undefined && lineEnd !== null && last !== undefined && last.at < open.to) {
    points.push({ at: open.to, progress: last.progress, fell: false });
  }
  return points;
}
