import type { Clock } from "./clock.ts";

/** A wait that can be ended before its time. */
export type Alarm = {
  /** Waits for so long, or until it is rung. One wait at a time. */
  readonly wait: (delayMs: number) => Promise<void>;
  /** Ends the wait under way, if there is one. */
  readonly ring: () => void;
};

/** An alarm that nobody waits for yet. */
export function openAlarm(clock: Pick<Clock, "after">): Alarm {
  let end = (): void => undefined;
  return {
    wait: (delayMs) =>
      new Promise((resolve) => {
        const cancel = clock.after(delayMs, resolve);
        end = () => {
          cancel();
          resolve();
        };
      }),
    ring: () => end(),
  };
}
