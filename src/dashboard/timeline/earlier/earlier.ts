/** Earlier upgrades behind the present one: their lines and their rows. */
import type { Curve, CurveRun, Curves } from "../../../contract/curves.ts";
import { measuredWords } from "../../../upgrade/duration.ts";
import { outcomeWord } from "../../../upgrade/words/particulars.ts";
import type { Axis } from "../axis/axis.ts";
import { stepPath } from "./stepPath.ts";

/** A faint line. */
export type EarlierLine = { readonly key: string; readonly path: string };

/** The lines of the earlier upgrades on the axis of the present one, each from where that one began to prepare. */
export function earlierLines({ run, earlier }: Curves, axis: Axis): readonly EarlierLine[] {
  const { startedAt } = run.curve;
  return startedAt === null
    ? []
    : earlier.map((each) => ({
        key: `${each.cluster} ${each.id}`,
        path: stepPath(
          each.curve.points,
          (ms) => (startedAt + ms - axis.from) / (axis.to - axis.from),
        ),
      }));
}

/** What is told of one earlier upgrade in words. */
export type EarlierRow = {
  readonly key: string;
  readonly run: CurveRun;
  /** The cluster's name, where it is another one's. */
  readonly elsewhere: string | null;
  readonly reached: string;
  readonly outcome: string;
};

/** The same upgrades as the rows of a table. */
export function earlierRows({ run, earlier }: Curves): readonly EarlierRow[] {
  return earlier.map((each) => ({
    key: `${each.cluster} ${each.id}`,
    run: each,
    elsewhere: each.cluster === run.cluster ? null : each.name,
    reached: reachedWords(each.curve),
    outcome: outcomeWord({ outcome: { kind: each.outcome }, prepare: each.prepare }),
  }));
}

/** How far a preparation came, and how soon: `100 % after 22 min`. */
export function reachedWords({ points, startExact, startsEarlierMs }: Curve): string {
  const highest = Math.max(-1, ...points.flatMap(({ progress }) => progress ?? []));
  const place = points.findIndex(({ progress }) => progress === highest);
  const reached = points[place];
  if (reached === undefined) {
    return "not heard";
  }
  // After a gap it is only known that the percent was reached by then.
  const isExact = place === 0 || points[place - 1]?.progress !== null;
  const when = `${isExact ? "after" : "by"} ${measuredWords(reached.ms)}`;
  const start = startExact ? "" : `; ${startWords(startsEarlierMs)}`;
  return `${Math.floor(highest)} % ${when}${start}`;
}

function startWords(earlierMs: number | null): string {
  return earlierMs === null
    ? "its start was not heard"
    : `it may have begun up to ${measuredWords(earlierMs)} earlier`;
}

/** What the lines are, in a sentence. */
export function earlierCaption({ run, basis, earlier }: Curves): string {
  if (run.curve.startedAt === null) {
    return "It was not heard to prepare, so no earlier upgrade can be laid behind it.";
  }
  const start = run.curve.startExact
    ? ""
    : ` Of this one ${startWords(run.curve.startsEarlierMs).replace("it may", "the start is uncertain: it may")}.`;
  return basis === null || earlier.length === 0
    ? "There is no earlier upgrade like it on record yet."
    : `Grey behind the chart: the newest ${earlier.length} of ${basis}, each from its start of Preparing.${start}`;
}
