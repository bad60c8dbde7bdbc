/** The one time axis that state lane, link lane and progress chart share. */
import { dayMs, hourMs, minuteMs, secondMs } from "../../../upgrade/duration.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import type { Range, RunBounds } from "./range.ts";

/** A snapped stretch of time: it stays the same for many seconds, so what is drawn on it need not be redrawn. */
export type Axis = { readonly from: EpochMs; readonly to: EpochMs };

/** The round times that are written along an axis. */
export type Ticks = {
  /** The step from one to the next. */
  readonly tickMs: number;
  readonly ticks: readonly EpochMs[];
};

/** What decides how far an axis reaches. */
export type AxisQuestion = {
  readonly range: Range;
  readonly now: EpochMs;
  readonly run: RunBounds | null;
  /** The latest moment that a forecast reaches; null without one. */
  readonly forecastEnd: EpochMs | null;
};

/** The time ahead is a whole number of snaps, so that both ends snap on at once. */
const windows = {
  "15m": { lengthMs: 15 * minuteMs, aheadMs: 75 * secondMs, snapMs: 15 * secondMs },
  "1h": { lengthMs: hourMs, aheadMs: 5 * minuteMs, snapMs: minuteMs },
  "24h": { lengthMs: dayMs, aheadMs: 2 * hourMs, snapMs: 10 * minuteMs },
} as const satisfies Record<
  Exclude<Range, "run">,
  { lengthMs: number; aheadMs: number; snapMs: number }
>;

/** The ends of an axis at a moment: snapped, so that they stay the same for a while. */
export function axisEnds(question: AxisQuestion): Axis {
  return question.range === "run" ? runEnds(question) : windowEnds(question);
}

/**
 * The ticks of an axis.
 *
 * @param zone the time zone in which they fall on round times
 * @param mostTicks how many have room; there are two even where they have less
 */
export function ticksOn({ from, to }: Axis, zone: string, mostTicks: number): Ticks {
  const widestMs = niceStepMs((to - from) / Math.max(1, mostTicks));
  const wallClock = wallClockOf(zone);
  const at = (tickMs: number): readonly EpochMs[] => ticksOf(from, to, tickMs, wallClock);
  // A single time on an axis tells nothing of its scale.
  const finer = steps.findLast((step) => step < widestMs && at(step).length >= fewestTicks);
  const tickMs = at(widestMs).length < fewestTicks ? (finer ?? widestMs) : widestMs;
  return { tickMs, ticks: at(tickMs) };
}

/** Where a moment lies on an axis: 0 at its start, 1 at its end; beyond them it is held at the edge. */
export function placeOf(axis: Axis, at: EpochMs): number {
  return Math.min(1, Math.max(0, (at - axis.from) / (axis.to - axis.from)));
}

/** A place, or the width between two, as CSS writes it. */
export function cssPlace(place: number): string {
  return `${(Math.max(0, place) * 100).toFixed(4)}%`;
}

/**
 * A place that moves by the second, in steps of less than half a pixel of any screen: over a day most seconds move nothing,
 * and what does not move is neither laid out nor painted anew.
 */
export function movingPlace(place: number): number {
  return Math.round(place * 10_000) / 10_000;
}

/** The moment at a place of an axis, 0 to 1. */
export function momentAt(axis: Axis, place: number): EpochMs {
  return axis.from + Math.min(1, Math.max(0, place)) * (axis.to - axis.from);
}

function windowEnds({ range, now, forecastEnd }: AxisQuestion): Axis {
  const { lengthMs, aheadMs, snapMs } = windows[range === "run" ? "1h" : range];
  const present = floorTo(now, snapMs);
  const forecast = forecastEnd === null ? 0 : floorTo(forecastEnd, snapMs) + snapMs;
  const to = Math.min(Math.max(present + aheadMs, forecast), present + lengthMs / 2);
  return { from: present - lengthMs, to: to + snapMs };
}

const fewestTicks = 2;
const shortestRunMs = 2 * minuteMs;
const shortestAxisMs = 3 * minuteMs;

function runEnds({ now, run, forecastEnd }: AxisQuestion): Axis {
  const start = run?.from ?? now - hourMs;
  const end = run?.to ?? now;
  const elapsedMs = Math.max(end - start, shortestRunMs);
  const ended = run !== null && run.to !== null;
  const forecastMs = ended || forecastEnd === null ? 0 : (forecastEnd - now) * 1.06;
  // A young run's forecast may lie far ahead; what was heard must still fill a fair part of the picture.
  const aheadMs = Math.min(Math.max(elapsedMs * 0.1, forecastMs), elapsedMs * 3 + 15 * minuteMs);
  const snapMs = niceStepMs((elapsedMs + aheadMs) / 40);
  const leadMs = elapsedMs * 0.04;
  const from = floorTo(start - leadMs, snapMs);
  const to = floorTo(end + aheadMs, snapMs) + snapMs;
  // A run of a few seconds is not blown up until the wait between two polls fills the picture.
  return { from, to: Math.max(to, from + shortestAxisMs) };
}

const steps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 7].map((days) => days * dayMs),
];

/** The smallest step of round length that is no shorter than asked for; whole weeks beyond the table. */
function niceStepMs(leastMs: number): number {
  const week = 7 * dayMs;
  return steps.find((step) => step >= leastMs) ?? Math.ceil(leastMs / week) * week;
}

/** Where a zone's clock shows a round time; twice where daylight saving ends, and never in the hour that it skips. */
function ticksOf(
  from: EpochMs,
  to: EpochMs,
  tickMs: number,
  wallClock: Intl.DateTimeFormat,
): readonly EpochMs[] {
  const offsets = new Set([from, (from + to) / 2, to].map((at) => offsetMs(at, wallClock)));
  const ticks = [...offsets].flatMap((offset) => {
    const first = Math.ceil((from + offset) / tickMs) * tickMs - offset;
    const count = Math.max(0, Math.floor((to - first) / tickMs) + 1);
    const all = Array.from({ length: count }, (_, index) => first + index * tickMs);
    return offsets.size === 1 ? all : all.filter((at) => offsetMs(at, wallClock) === offset);
  });
  return ticks.sort((one, other) => one - other);
}

/** Tells a zone's time to the second. It is dear to make: once for all ticks of an axis. */
function wallClockOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

/** How far a zone's wall clock is ahead of UTC at a moment, to the second. */
function offsetMs(at: EpochMs, wallClock: Intl.DateTimeFormat): number {
  const parts = wallClock.formatToParts(at);
  const part = (type: string): number =>
    Number(parts.find((each) => each.type === type)?.value ?? 0);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - floorTo(at, secondMs);
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step;
}
