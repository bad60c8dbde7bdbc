/** Generated upgrades for the backtest: each cluster has its own pace and habits, each of its upgrades differs a little. */
import { minuteMs, secondMs } from "../duration.ts";
import { type EarlierRun, preparingMarks } from "../runs/earlierRun.ts";
import { stateOrder, type UpgradeSettings } from "../status.ts";
import { rollingSettings, softwareSettings } from "./story.ts";

/** How a preparation moves on. */
export const shapes = ["linear", "front-loaded", "stalling", "heavy-tailed"] as const;
export type Shape = (typeof shapes)[number];

/** Numbers from 0 to 1, the same again for the same seed. */
export type Chance = () => number;

/** Mulberry32: small, and good enough to draw histories with. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One upgrade from end to end, told by how long each part took. */
export type Upgrade = {
  readonly shape: Shape;
  readonly settings: UpgradeSettings;
  /** When each percent was reached, from 0 to 100, since the start. */
  readonly percentAt: readonly number[];
  readonly preparingMs: number;
  readonly committingMs: number;
  readonly committedMs: number;
  readonly awayMs: number;
  /** In a rolling reboot, how long each node took; else empty. */
  readonly nodesMs: readonly number[];
};

type Habits = {
  readonly baseMs: number;
  readonly spread: number;
  readonly bend: number;
  readonly stallAt: number;
  readonly stallShare: number;
  readonly commitMs: number;
  readonly awayMs: number;
  readonly nodes: number;
  readonly nodeMs: number;
};

/** Upgrades of one cluster, one after another. */
export function upgradesOf(shape: Shape, count: number, chance: Chance): readonly Upgrade[] {
  const rolling = chance() < 0.35;
  const habits: Habits = {
    baseMs: about(14 * minuteMs, 0.6, chance),
    spread: 0.05 + 0.25 * chance(),
    bend: 1.4 + 1.2 * chance(),
    stallAt: 20 + 70 * chance(),
    stallShare: 0.15 + 0.45 * chance(),
    commitMs: about(20 * secondMs, 0.4, chance),
    awayMs: about(30 * secondMs, 0.5, chance),
    nodes: rolling ? 3 + Math.floor(chance() * 8) : 0,
    nodeMs: about(7 * minuteMs, 0.4, chance),
  };
  return Array.from({ length: count }, () => upgradeOf(shape, habits, chance));
}

function upgradeOf(shape: Shape, habits: Habits, chance: Chance): Upgrade {
  const { baseMs, spread, commitMs, awayMs, nodes, nodeMs } = habits;
  const isHeavy = shape === "heavy-tailed";
  // One upgrade in twelve of the heavy-tailed takes far longer than the others.
  const luck = isHeavy && chance() < 1 / 12 ? 1 + 2 * chance() : 1;
  const wholeMs = about(baseMs, spread, chance) * luck;
  const percentAt = percentsOf(shape, habits, wholeMs, chance);
  const nodePace = Math.exp(0.15 * normal(chance));
  return {
    shape,
    settings: nodes > 0 ? rollingSettings : softwareSettings,
    percentAt,
    preparingMs: (percentAt.at(-1) ?? 0) + secondMs,
    committingMs: about(commitMs, 0.25, chance),
    committedMs: about(3 * secondMs, 0.2, chance),
    awayMs: about(awayMs, isHeavy ? 0.5 : 0.25, chance),
    nodesMs: Array.from({ length: nodes }, () =>
      about(nodeMs * nodePace, isHeavy ? 0.35 : 0.15, chance),
    ),
  };
}

function percentsOf(
  shape: Shape,
  habits: Habits,
  wholeMs: number,
  chance: Chance,
): readonly number[] {
  const bend = shape === "front-loaded" ? habits.bend * Math.exp(0.1 * normal(chance)) : 1;
  const stallAt = Math.round(habits.stallAt + 6 * normal(chance));
  const isStalling = shape === "stalling" && chance() < 0.8;
  const stallMs = isStalling ? habits.stallShare * wholeMs * -Math.log(1 - chance()) : 0;
  const weights = Array.from({ length: 100 }, (_, percent) => {
    const even = ((percent + 1) / 100) ** bend - (percent / 100) ** bend;
    // Pareto: most percents are quick, and a few take the time of ten.
    return (
      even *
      (shape === "heavy-tailed"
        ? Math.min(30, (1 - chance()) ** (-1 / 1.6))
        : Math.exp(0.4 * normal(chance)))
    );
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let at = 0;
  const reached = weights.map((weight, percent) => {
    at += (wholeMs * weight) / sum + (percent === stallAt ? stallMs : 0);
    return Math.round(at);
  });
  return [0, ...reached];
}

/** When its states begin, and when it ends; since its start. */
export function partsOf(upgrade: Upgrade): {
  readonly committing: number;
  readonly committed: number;
  readonly away: number;
  readonly back: number;
  readonly end: number;
} {
  const { preparingMs, committingMs, committedMs, awayMs } = upgrade;
  const committed = preparingMs + committingMs;
  const away = committed + committedMs;
  const back = away + awayMs;
  return { committing: preparingMs, committed, away, back, end: back + sumOf(upgrade.nodesMs) };
}

/** What is kept of it once it is over. */
export function earlierOf(upgrade: Upgrade, place: number): EarlierRun {
  const { settings, percentAt, preparingMs, committingMs, committedMs, nodesMs } = upgrade;
  const from = Date.UTC(2026, 0, 1) + place * 86_400_000;
  const still = percentAt.map((at, percent) => at - (percentAt[percent - 1] ?? at));
  const durations = [
    { state: stateOrder[1], ms: preparingMs, longestStillMs: Math.max(...still) },
    { state: stateOrder[3], ms: committingMs, longestStillMs: committingMs },
    { state: stateOrder[4], ms: committedMs, longestStillMs: committedMs },
    { state: stateOrder[5], ms: sumOf(nodesMs), longestStillMs: Math.max(0, ...nodesMs) },
  ];
  return {
    cluster: "own",
    run: String(place),
    from,
    to: from + partsOf(upgrade).end,
    exact: true,
    upgradeType: settings.upgrade_type,
    rolling: settings.do_rolling_reboot,
    nodesPerBatch: settings.num_nodes_to_reboot,
    autoCommit: settings.auto_commit,
    fromVersion: `7.1.${place}`,
    targetVersion: `7.1.${place + 1}`,
    outcome: "proven",
    states: durations
      .filter(({ ms }) => ms > 0)
      .map((each) => ({ ...each, mostMs: each.ms, exact: true })),
    preparing: preparingMarks.map((mark) => percentAt[mark] ?? null),
    nodes: nodesMs.length === 0 ? null : nodesMs.length,
    perNodeMs: nodesMs,
  };
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

function about(ms: number, spread: number, chance: Chance): number {
  return Math.round(ms * Math.exp(spread * normal(chance)));
}
