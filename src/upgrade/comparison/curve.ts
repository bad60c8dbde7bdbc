import { progressSeries } from "../progress.ts";
import type { RunRecord } from "../runs/record.ts";
import { type Span, wholePercent } from "../span.ts";
import type { EpochMs } from "../status.ts";
import { reducedSteps, type StepPoint } from "./stepLine.ts";

/** From so long after the start of PREPARING on this percent held; null breaks the line, for nothing was heard. */
export type CurvePoint = { readonly ms: number; readonly progress: number | null };

/** How an upgrade prepared, counted from the first answer in PREPARING so that several can be laid over each other. */
export type RunCurve = {
  /** When PREPARING was first heard; null where it never was, so that there is no curve. */
  readonly startedAt: EpochMs | null;
  /** False where the change into PREPARING was not heard from one poll to the next: the curve's place is inferred. */
  readonly startExact: boolean;
  /** By so much at most it began earlier than it was heard; null where nothing was heard before. */
  readonly startsEarlierMs: number | null;
  /** A step line; it ends where PREPARING does. Every whole percent that was heard is in it, up to some hundred. */
  readonly points: readonly CurvePoint[];
};

const mostPoints = 400;
const columns = mostPoints / 5;

/**
 * The progress of an upgrade.
 *
 * @param spans the cluster's history, oldest first; at least the run's with the answer before it
 */
export function curveOf(
  { states, to }: Pick<RunRecord, "states" | "to">,
  spans: readonly Span[],
): RunCurve {
  const stay = states.find(
    ({ state, inferred }) => state === "UPGRADE_STATE_PREPARING" && !inferred,
  );
  if (stay === undefined) {
    return { startedAt: null, startExact: false, startsEarlierMs: null, points: [] };
  }
  const startedAt = stay.from;
  const before = spans.findLast(({ kind, from }) => kind === "status" && from < startedAt);
  const until = to ?? Number.POSITIVE_INFINITY;
  const within = progressSeries(spans).filter(({ at }) => at >= startedAt && at <= until);
  return {
    startedAt,
    startExact: stay.fromExact,
    startsEarlierMs: before === undefined ? null : startedAt - before.to,
    points: simplified(within).map(({ at, progress }) => ({ ms: at - startedAt, progress })),
  };
}

/** Without what is no step: the same whole percent again, but for the end of the line. */
function simplified(points: readonly StepPoint[]): readonly StepPoint[] {
  const steps = points.filter(({ progress }, index) => {
    const before = points[index - 1];
    return (
      before === undefined ||
      index === points.length - 1 ||
      wholePercent(progress) !== wholePercent(before.progress)
    );
  });
  const [from, to] = [steps[0]?.at ?? 0, steps.at(-1)?.at ?? 0];
  return steps.length > mostPoints ? reducedSteps(steps, { from, to }, columns) : steps;
}
