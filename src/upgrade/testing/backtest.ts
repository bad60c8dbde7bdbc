/** Asks generated upgrades half-way when they will end, and compares with when they did. */
import type { EarlierRun } from "../runs/earlierRun.ts";
import { situationOf } from "../situation.ts";
import { fromStateOnMs } from "../forecast/course.ts";
import { asOf } from "../forecast/forecast.ts";
import { heardOf } from "./heardUpgrade.ts";
import {
  chanceOf,
  earlierOf,
  partsOf,
  type Shape,
  shapes,
  sumOf,
  type Upgrade,
  upgradesOf,
} from "./upgrades.ts";

/** What is asked for. */
export const targets = ["preparation", "whole"] as const;
export type Target = (typeof targets)[number];

/** How the forecasts of one sort came out. */
export type Score = {
  readonly target: Target;
  /** Null: of all shapes together. */
  readonly shape: Shape | null;
  readonly earlierRuns: number;
  readonly asked: number;
  /** The share of the questions that were answered with a range at all. */
  readonly answered: number;
  /** The share of the answers between whose earliest and latest the truth lay. */
  readonly covered: number;
  /** The median of how far the likely moment was off, as a share of the whole duration. */
  readonly error: number;
  /** The same of a straight line. */
  readonly lineError: number;
};

/** How many earlier upgrades there are when it is asked. */
export const earlierCounts = [0, 1, 3, 5, 12] as const;
const shares = [0.25, 0.5, 0.75] as const;
const start = Date.UTC(2026, 10, 23, 12);

/**
 * Generates upgrades and scores what was forecast of the last of each cluster at 25, 50 and 75 % of its time.
 *
 * @param clustersPerShape so many clusters of each shape are generated
 */
export function backtest(
  seed: number,
  clustersPerShape: number,
  counts: readonly number[] = earlierCounts,
): readonly Score[] {
  const answers = shapes.flatMap((shape, place) => {
    const chance = chanceOf(seed * 7919 + place);
    const most = 1 + Math.max(...earlierCounts);
    return Array.from({ length: clustersPerShape }, () => upgradesOf(shape, most, chance)).flatMap(
      (upgrades) =>
        counts.flatMap((count) =>
          targets.flatMap((target) => shares.map((share) => ask(upgrades, count, target, share))),
        ),
    );
  });
  return targets.flatMap((target) =>
    counts.flatMap((earlierRuns) =>
      [null, ...shapes].map((shape) => {
        const asked = answers.filter(
          (each) => each.target === target && each.earlierRuns === earlierRuns,
        );
        const among = asked.filter((each) => shape === null || each.shape === shape);
        return { target, shape, earlierRuns, ...scoreOf(among) };
      }),
    ),
  );
}

type Answer = {
  readonly target: Target;
  readonly shape: Shape;
  readonly earlierRuns: number;
  /** Null where none was given. */
  readonly covered: boolean | null;
  readonly error: number | null;
  readonly lineError: number | null;
};

function ask(upgrades: readonly Upgrade[], count: number, target: Target, share: number): Answer {
  const upgrade = upgrades.at(-1);
  if (upgrade === undefined) {
    throw new Error("There is no upgrade to ask about.");
  }
  const earlier = upgrades.slice(-1 - count, -1).map(earlierOf);
  const lastMs = target === "whole" ? partsOf(upgrade).end : upgrade.preparingMs;
  const afterMs = Math.round(share * lastMs);
  const now = start + afterMs;
  const { spans, reboot } = heardOf(upgrade, start, afterMs);
  const situation = situationOf(spans, {
    startedAt: start,
    addresses: 1,
    reboot,
    blockedReason: null,
    past: { cluster: "own", earlier },
  });
  const given = target === "whole" ? situation.forecasts.whole : situation.forecasts.state;
  const answer = { target, shape: upgrade.shape, earlierRuns: count };
  if (given === null) {
    return { ...answer, covered: null, error: null, lineError: null };
  }
  const truth = start + lastMs;
  const still = asOf(given, now);
  const leftMs = straightLineMs(upgrade, earlier, target, afterMs, reboot?.rebooted ?? 0);
  return {
    ...answer,
    // One that has been withdrawn was wrong.
    covered: still !== null && still.earliest <= truth && truth <= still.latest,
    error: leftMs === null ? null : Math.abs((still ?? given).likely - truth) / lastMs,
    lineError: leftMs === null ? null : Math.abs(afterMs + leftMs - lastMs) / lastMs,
  };
}

/**
 * What is left by a straight line through the start and now: of percents, then of nodes. What has no such count is taken
 * to last as long as it did in the mean of the earlier upgrades; null where there is nothing to draw a line through.
 */
function straightLineMs(
  upgrade: Upgrade,
  earlier: readonly EarlierRun[],
  target: Target,
  afterMs: number,
  nodes: number,
): number | null {
  const parts = partsOf(upgrade);
  const meanFrom = (state: "UPGRADE_STATE_COMMITTING" | "UPGRADE_STATE_REBOOTING"): number | null =>
    earlier.length === 0
      ? null
      : sumOf(earlier.map((run) => fromStateOnMs(run, state, null) ?? 0)) / earlier.length;
  const restMs = target === "whole" ? meanFrom("UPGRADE_STATE_COMMITTING") : 0;
  if (afterMs < parts.committing) {
    const percent = upgrade.percentAt.findLastIndex((at) => at <= afterMs);
    return percent <= 0 || restMs === null ? null : (afterMs * (100 - percent)) / percent + restMs;
  }
  if (afterMs < parts.back) {
    return restMs === null ? null : Math.max(0, restMs - (afterMs - parts.committing));
  }
  const rebootingMs = afterMs - parts.back;
  return nodes === 0
    ? Math.max(0, (meanFrom("UPGRADE_STATE_REBOOTING") ?? 0) - rebootingMs)
    : Math.max(0, (nodesTakenMs(upgrade, nodes) * upgrade.nodesMs.length) / nodes - rebootingMs);
}

function nodesTakenMs({ nodesMs }: Upgrade, nodes: number): number {
  return sumOf(nodesMs.slice(0, nodes));
}

function scoreOf(answers: readonly Answer[]): Omit<Score, "target" | "shape" | "earlierRuns"> {
  const given = answers.filter(({ covered }) => covered !== null);
  const numbers = (values: readonly (number | null)[]): readonly number[] =>
    values.flatMap((value) => (value === null ? [] : [value]));
  return {
    asked: answers.length,
    answered: given.length / answers.length,
    covered: given.filter(({ covered }) => covered).length / given.length,
    error: medianOf(numbers(given.map(({ error }) => error))),
    lineError: medianOf(numbers(given.map(({ lineError }) => lineError))),
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
