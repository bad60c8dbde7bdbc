import type { EpochMs } from "../../upgrade/status.ts";

/** A moment in UTC, to the millisecond: `2026-11-23 14:07:26.123`. */
export function utcText(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, -1).replace("T", " ");
}

/** A moment in a zone, with how far that is from UTC then: `2026-11-23 15:07:26.123 +01:00`. */
export function zonedText(at: EpochMs, zone: string): string {
  const parts = new Map(
    new Intl.DateTimeFormat("en", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      fractionalSecondDigits: 3,
      timeZoneName: "longOffset",
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value] as const),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const offset = part("timeZoneName").replace(/^GMT/, "") || "+00:00";
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  const time = `${part("hour")}:${part("minute")}:${part("second")}.${part("fractionalSecond")}`;
  return `${date} ${time} ${offset}`;
}

/** A length to the millisecond, in hours: `0:22:40.123`. */
export function exactLength(ms: number): string {
  const [hours, rest] = [Math.floor(ms / 3_600_000), ms % 3_600_000];
  return `${hours}:${new Date(rest).toISOString().slice(14, -1)}`;
}
