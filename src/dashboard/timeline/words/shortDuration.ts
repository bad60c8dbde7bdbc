import { minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { clockDuration } from "../../ui/format.ts";

/** A duration that may be very short: `< 1 s`, `4 s` below a minute, then as a clock counts. Floored. */
export function shortDuration(durationMs: number): string {
  if (durationMs < secondMs) {
    return "< 1 s";
  }
  return durationMs < minuteMs
    ? `${Math.floor(durationMs / secondMs)} s`
    : clockDuration(durationMs);
}

/** The longest that something can have lasted: `≤ 2 s`, rounded up. */
export function atMost(durationMs: number): string {
  return `≤ ${shortDuration(Math.max(1, Math.ceil(durationMs / secondMs)) * secondMs)}`;
}

/** The shortest that something can have lasted: `≥ 4 s`; below a second nothing but that it was heard. */
export function atLeast(durationMs: number): string {
  return durationMs < secondMs ? "heard once" : `≥ ${shortDuration(durationMs)}`;
}
