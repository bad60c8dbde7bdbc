/** What an earlier upgrade tells of the way that the present one has yet to go. */
import { type EarlierRun, type EarlierState, preparingMarks } from "../runs/earlierRun.ts";
import { type State, states } from "../status.ts";

/** A duration of which no more than this share was not heard counts as measured: an absence at a state's end is most of that. */
const looseShare = 0.15;

/** For how long a state may have gone on beyond what was heard of it; without bound where nobody knows. */
function looseMs({ exact, ms, mostMs }: EarlierState): number {
  return exact ? 0 : (mostMs ?? Number.POSITIVE_INFINITY) - ms;
}

/** The state of a run, where its duration was measured, or nearly so; undefined where it was not. */
export function measured(run: EarlierRun, state: State): EarlierState | undefined {
  return run.states.find(
    (each) => each.state === state && each.ms > 0 && looseMs(each) <= looseShare * each.ms,
  );
}

/**
 * How long a preparation had gone on when it reached a percent; between two percents whose times were heard it is taken
 * to have gone evenly. Null where its course was not heard.
 */
export function preparedForMs(run: EarlierRun, percent: number): number | null {
  const whole = measured(run, "UPGRADE_STATE_PREPARING");
  if (whole === undefined || run.preparing.length === 0) {
    return null;
  }
  let before = { percent: 0, ms: 0 };
  for (const [index, mark] of preparingMarks.entries()) {
    const ms = run.preparing[index] ?? null;
    if (ms === null || ms < before.ms || ms > whole.ms) {
      continue;
    }
    if (mark >= percent) {
      return between(before, { percent: mark, ms }, percent);
    }
    before = { percent: mark, ms };
  }
  return percent >= 100 ? whole.ms : between(before, { percent: 100, ms: whole.ms }, percent);
}

type Point = { readonly percent: number; readonly ms: number };

function between(from: Point, to: Point, percent: number): number {
  const share = (percent - from.percent) / Math.max(1e-9, to.percent - from.percent);
  return from.ms + (to.ms - from.ms) * Math.max(0, share);
}

/**
 * How long one node took to reboot, by the median; where single nodes were not heard, their share of the whole reboot. Null
 * where neither is known.
 *
 * @param nodes how many there were, where that was not heard
 */
export function nodeMs(run: EarlierRun, nodes: number | null = null): number | null {
  const sorted = run.perNodeMs.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle !== undefined) {
    return middle;
  }
  const rebooting = measured(run, "UPGRADE_STATE_REBOOTING");
  const count = run.nodes ?? nodes ?? 0;
  return rebooting === undefined || count === 0 ? null : rebooting.ms / count;
}

/**
 * How long a proven upgrade took from the begin of a state to its end, with the absences that belong to it; null where
 * that was not measured.
 *
 * @param nodes how many nodes the present one reboots one after another; null where that is not known, or does not matter
 */
export function fromStateOnMs(run: EarlierRun, state: State, nodes: number | null): number | null {
  if (run.outcome !== "proven" || !run.exact) {
    return null;
  }
  const before = run.states.filter((each) => states[each.state].order < states[state].order);
  const ms = run.to - run.from - before.reduce((sum, each) => sum + each.ms, 0);
  if (before.reduce((sum, each) => sum + looseMs(each), 0) > looseShare * ms) {
    return null;
  }
  const rebooting = run.states.find((each) => each.state === "UPGRADE_STATE_REBOOTING");
  const eachMs = run.rolling === true && nodes !== null ? nodeMs(run) : null;
  const asMany =
    eachMs === null || rebooting === undefined || nodes === null || nodes === run.nodes;
  return Math.max(1, asMany ? ms : ms - rebooting.ms + nodes * eachMs);
}
