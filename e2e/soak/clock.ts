/** The clock of a soak: thirty days of what is watched in thirty minutes, the same in every process. */
import { type Clock, createClock } from "../../src/proxy/clock.ts";

/** How the time of a soak goes. */
export type SoakTime = {
  /** So many times faster than real time. */
  readonly speed: number;
  /** The date at which the soak begins, in ms since 1970. */
  readonly beginsAt: number;
  /** What {@link machineMs} said then. */
  readonly originMs: number;
};

/** Counts on steadily, by one and the same clock in all processes of this machine. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The soak's date now, in ms since 1970. */
export function soakNow({ speed, beginsAt, originMs }: SoakTime): number {
  return beginsAt + (machineMs() - originMs) * speed;
}

/**
 * A clock for the product: dates, ages and waits go by the soak's time.
 *
 * @param uptimeMs how long the process shall believe to have been up, in the soak's time
 */
export function createSoakClock(time: SoakTime, uptimeMs: number): Clock {
  const startedMs = machineMs();
  const monotonicMs = (): number => uptimeMs + (machineMs() - startedMs) * time.speed;
  const clock = createClock({ monotonicMs, wallMs: () => soakNow(time), bootMs: monotonicMs });
  return { ...clock, after: (delayMs, callback) => clock.after(delayMs / time.speed, callback) };
}
