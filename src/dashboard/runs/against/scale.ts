/** Two upgrades on one scale of time that counts from the start of PREPARING. */
import type { Curve } from "../../../contract/curves.ts";
import type { RunDetail } from "../../../contract/runs.ts";
import { hourMs, minuteMs, secondMs } from "../../../upgrade/duration.ts";

/** What the scale reaches over, from the start of PREPARING. */
export type Scale = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Round times, with their words. */
  readonly ticks: readonly { readonly ms: number; readonly words: string }[];
};

/** One of the two, as far as it is known yet. */
export type OnScale = {
  readonly run: Pick<RunDetail, "from" | "to" | "lastHeard">;
  readonly curve: Curve | null;
};

const mostTicks = 6;
const steps = [1, 2, 5, 10, 15, 30].flatMap((count) => [count * secondMs, count * minuteMs]);
const hours = [1, 2, 3, 6, 12, 24, 48, 96].map((count) => count * hourMs);
const roundSteps = [...steps, ...hours].toSorted((one, other) => one - other);

/** From where an upgrade is counted: where it was not heard to prepare, from its first answer. */
export function zeroOf({ run, curve }: OnScale): number {
  return curve?.startedAt ?? run.from;
}

/** The scale that both fit on. */
export function scaleOf(upgrades: readonly OnScale[]): Scale {
  const starts = upgrades.map((each) => each.run.from - zeroOf(each));
  const ends = upgrades.map((each) => (each.run.to ?? each.run.lastHeard) - zeroOf(each));
  const fromMs = Math.min(0, ...starts);
  const toMs = Math.max(fromMs + secondMs, ...ends);
  const step = roundSteps.find((each) => (toMs - fromMs) / each <= mostTicks) ?? toMs - fromMs;
  const ticks = [];
  for (let ms = 0; ms <= toMs; ms += step) {
    ticks.push({ ms, words: tickWords(ms) });
  }
  return { fromMs, toMs, ticks };
}

/** Where a time lies on a scale: 0 at its start, 1 at its end. */
export function placeOn({ fromMs, toMs }: Scale, ms: number): number {
  return (ms - fromMs) / (toMs - fromMs);
}

function tickWords(ms: number): string {
  if (ms === 0) {
    return "0";
  }
  if (ms % hourMs === 0) {
    return `${ms / hourMs} h`;
  }
  return ms % minuteMs === 0
    ? ms > hourMs
      ? `${Math.floor(ms / hourMs)} h ${(ms % hourMs) / minuteMs}`
      : `${ms / minuteMs} min`
    : ms > minuteMs
      ? `${Math.floor(ms / minuteMs)}:${String((ms % minuteMs) / secondMs).padStart(2, "0")}`
      : `${ms / secondMs} s`;
}
