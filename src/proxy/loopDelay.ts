import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Clock } from "./clock.ts";

/** How far the event loop of this process falls behind. */
export type LoopDelay = {
  /**
   * For how long in all, in ms since the start, the process could not do what was due: it was busy, stopped, or the
   * machine slept. The difference of two readings is what was lost in between.
   */
  readonly blockedMs: () => number;
  /** The same, with how late the loop was since this was asked last, in ns. */
  readonly sinceLast: () => LoopDelays;
  readonly stop: () => void;
};

/** What {@link LoopDelay.sinceLast} tells. */
export type LoopDelays = {
  readonly blockedMs: number;
  readonly maxNs: number;
  readonly p99Ns: number;
};

const beatMs = 100;
/** A timer that is late by less is just a timer. */
const usualMs = 50;
const resolutionMs = 20;
const nsPerMs = 1e6;

/**
 * How late a loop was, in ns, of which Node's histogram tells how far two of its turns were apart: at rest, that is the
 * whole resolution.
 */
export function lateNs(apartNs: number, expectedMs: number): number {
  return Math.max(0, apartNs - expectedMs * nsPerMs);
}

/**
 * Watches over the event loop by a beat that ought to come ten times a second.
 *
 * @param onBeat called at every beat, e.g. to look at the wall clock
 */
export function startLoopDelay(
  clock: Pick<Clock, "steadyMs" | "after">,
  onBeat: () => void = () => undefined,
): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let totalMs = 0;
  let dueMs = 0;
  let cancel = (): void => undefined;

  /** A beat that has not come yet is late already: an answer may be read before it. */
  const lateMs = (): number => {
    const late = clock.steadyMs() - dueMs;
    return late > usualMs ? late : 0;
  };
  const blockedMs = (): number => totalMs + lateMs();
  const plan = (): void => {
    dueMs = clock.steadyMs() + beatMs;
    cancel = clock.after(beatMs, () => {
      totalMs += lateMs();
      onBeat();
      plan();
    });
  };
  plan();
  return {
    blockedMs,
    sinceLast: () => {
      const delays = {
        maxNs: lateNs(histogram.max, resolutionMs),
        p99Ns: lateNs(histogram.percentile(99), resolutionMs),
      };
      histogram.reset();
      return { blockedMs: blockedMs(), ...delays };
    },
    stop: () => {
      cancel();
      histogram.disable();
    },
  };
}
