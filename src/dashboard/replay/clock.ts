/** The clock of a replay: what time it is in it, as a function of the time that passes here. */
import type { EpochMs } from "../../upgrade/status.ts";

/** How many times faster than it was. */
export const speeds = [1, 10, 60, 600] as const;

export type Speed = (typeof speeds)[number];

/** A replay's clock; moments here by one steady clock. */
export type ReplayClock = {
  readonly from: EpochMs;
  readonly until: EpochMs;
  /** What time it was in the replay, */
  readonly at: EpochMs;
  /** at this moment here. */
  readonly sinceMs: number;
  readonly speed: Speed;
  readonly isPlaying: boolean;
};

/** What time it is in the replay; it stands at its end. */
export function momentOf({ until, at, sinceMs, speed, isPlaying }: ReplayClock, nowMs: number) {
  return isPlaying ? Math.min(until, at + (nowMs - sinceMs) * speed) : at;
}

/** Whether it has come to its end. */
export function isOver(clock: ReplayClock, nowMs: number): boolean {
  return momentOf(clock, nowMs) >= clock.until;
}

/** At another moment, within its bounds; it goes on as it did. */
export function sought(clock: ReplayClock, to: EpochMs, nowMs: number): ReplayClock {
  const at = Math.min(clock.until, Math.max(clock.from, Math.round(to)));
  return { ...clock, at, sinceMs: nowMs };
}

/** At another speed, from the present moment on. */
export function withSpeed(clock: ReplayClock, speed: Speed, nowMs: number): ReplayClock {
  return { ...clock, at: momentOf(clock, nowMs), sinceMs: nowMs, speed };
}

/** Stopped where it is; or going on, from the start where it was over. */
export function toggled(clock: ReplayClock, nowMs: number): ReplayClock {
  const isPlaying = !clock.isPlaying || isOver(clock, nowMs);
  const at = isOver(clock, nowMs) ? clock.from : momentOf(clock, nowMs);
  return { ...clock, at, sinceMs: nowMs, isPlaying };
}

/** How far an arrow key and a page key go: a two-hundredth and a tenth of the whole, in whole seconds. */
export function stepsOf({ from, until }: ReplayClock): {
  readonly smallMs: number;
  readonly largeMs: number;
} {
  const seconds = (share: number): number =>
    Math.max(1, Math.round((until - from) / share / 1000)) * 1000;
  return { smallMs: seconds(200), largeMs: seconds(10) };
}

/** Where a key of a slider leads; null for any other key. */
export function keyedTo(clock: ReplayClock, key: string, nowMs: number): EpochMs | null {
  const { smallMs, largeMs } = stepsOf(clock);
  const moment = momentOf(clock, nowMs);
  const moves = new Map([
    ["ArrowLeft", moment - smallMs],
    ["ArrowDown", moment - smallMs],
    ["ArrowRight", moment + smallMs],
    ["ArrowUp", moment + smallMs],
    ["PageDown", moment - largeMs],
    ["PageUp", moment + largeMs],
    ["Home", clock.from],
    ["End", clock.until],
  ]);
  return moves.get(key) ?? null;
}
