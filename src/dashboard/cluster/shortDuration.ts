import { minuteMs, secondMs } from "../../upgrade/duration.ts";
import { clockDuration } from "../ui/format.ts";

/** A duration that may be very short: `4 s` below a minute, then as a clock counts. Floored. */
export function shortDuration(durationMs: number): string {
  return durationMs < minuteMs
    ? `${Math.max(0, Math.floor(durationMs / secondMs))} s`
    : clockDuration(durationMs);
}

/** The longest that something can have lasted: `≤ 2 s`, rounded up. */
export function atMost(durationMs: number): string {
  return `≤ ${shortDuration(Math.ceil(durationMs / secondMs) * secondMs)}`;
}
