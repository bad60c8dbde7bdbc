import { afterEach, describe, expect, it, vi } from "vitest";
import { createClock, systemClock } from "./clock.ts";
import { lateNs, startLoopDelay } from "./loopDelay.ts";

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 23, 12);

/** Three clocks that a test moves: `run` moves all, `sleep` all but the monotonic one, `set` only the wall clock. */
function machine(uptimeMs = 5_000) {
  const at = { monotonic: uptimeMs, wall: start, boot: uptimeMs };
  const clock = createClock({
    monotonicMs: () => at.monotonic,
    wallMs: () => at.wall,
    bootMs: () => Math.floor(at.boot / 1000) * 1000,
  });
  const sets: number[] = [];
  clock.onSet((byMs) => void sets.push(byMs));
  const sleep = (ms: number): void => {
    at.wall += ms;
    at.boot += ms;
  };
  return {
    clock,
    sets,
    sleep,
    run: (ms: number): void => {
      at.monotonic += ms;
      sleep(ms);
    },
    set: (byMs: number): void => {
      at.wall += byMs;
    },
  };
}

describe("a wall clock that is set", () => {
  it.each([
    ["back", -hour],
    ["forward", hour],
  ])("%s is followed once it is looked at, and moves no duration", (_, byMs) => {
    const { clock, sets, run, set } = machine();
    const begun = clock.steadyMs();
    run(10_000);
    set(byMs);
    run(500);
    expect(clock.now()).toBe(start + 10_500);
    clock.look();
    expect(sets).toEqual([byMs]);
    expect(clock.now()).toBe(start + 10_500 + byMs);
    expect(clock.steadyMs() - begun).toBe(10_500);
    // What began before is dated by the clock as it is now.
    expect(clock.dateOf(begun)).toBe(start + byMs);
    clock.look();
    expect(sets).toEqual([byMs]);
  });

  it("is not followed in every small correction", () => {
    const { clock, sets, run, set } = machine();
    set(-900);
    clock.look();
    run(1000);
    expect(clock.now()).toBe(start + 1000);
    expect(sets).toEqual([]);
  });
});

describe("a machine that sleeps", () => {
  it("has slept for as long as the clock of its boot says, and its wall clock was not set", () => {
    const { clock, sets, run, sleep } = machine();
    run(700);
    sleep(8 * hour + 300);
    clock.look();
    run(1000);
    // The clock of the boot counts whole seconds here.
    expect(clock.steadyMs()).toBeGreaterThan(8 * hour + 5000);
    expect(Math.abs(clock.now() - (start + 8 * hour + 2000))).toBeLessThan(1000);
    expect(sets).toEqual([]);
  });

  it("is told apart from a wall clock that was set meanwhile", () => {
    const { clock, sets, sleep, set } = machine(0);
    sleep(2 * hour);
    set(-5 * hour);
    clock.look();
    expect(sets).toEqual([-5 * hour]);
    expect(clock.steadyMs()).toBe(2 * hour);
    expect(clock.now()).toBe(start - 3 * hour);
  });
});

describe("timers", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ["24.8 days", 2 ** 31],
    ["49.7 days", 2 ** 32 + 1000],
  ])("beyond %s come neither at once nor early", (_, delayMs) => {
    vi.useFakeTimers();
    let calls = 0;
    systemClock.after(delayMs, () => (calls += 1));
    const cancel = systemClock.after(delayMs, () => (calls += 100));
    vi.advanceTimersByTime(delayMs - 1);
    expect(calls).toBe(0);
    cancel();
    vi.advanceTimersByTime(1);
    expect(calls).toBe(1);
  });
});

describe("a blocked event loop", () => {
  it("is late by what its turns are further apart than they ought to be", () => {
    expect(lateNs(20e6, 20)).toBe(0);
    expect(lateNs(19.5e6, 20)).toBe(0);
    expect(lateNs(75e6, 20)).toBe(55e6);
  });

  it("is measured, before its own beat has come", async () => {
    const beats: number[] = [];
    const loop = startLoopDelay(systemClock, () => void beats.push(1));
    try {
      await vi.waitFor(() => expect(beats.length).toBeGreaterThan(0));
      const before = loop.blockedMs();
      const until = performance.now() + 600;
      while (performance.now() < until) {
        // As a regular expression or a huge reply would.
      }
      expect(loop.blockedMs() - before).toBeGreaterThan(400);
      const asBlocked = loop.blockedMs();
      const seen = beats.length;
      await vi.waitFor(() => expect(beats.length).toBeGreaterThan(seen + 1));
      expect(loop.blockedMs()).toBeGreaterThanOrEqual(asBlocked);
      expect(loop.sinceLast().maxNs).toBeGreaterThan(100e6);
    } finally {
      loop.stop();
    }
  });
});
