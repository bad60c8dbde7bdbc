import { dayMs, minuteMs } from "../../../upgrade/duration.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { hourAndMinute, timeOfDay } from "../../ui/format.ts";

/** What stands at a tick: the time of day, with seconds where the step needs them, or the day at midnight. */
export function tickLabel(at: EpochMs, tickMs: number, zone: string): string {
  if (tickMs < minuteMs) {
    return timeOfDay(at, zone);
  }
  const time = hourAndMinute(at, zone);
  return tickMs >= dayMs || time === "00:00"
    ? new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "short" }).format(
        at,
      )
    : time;
}
