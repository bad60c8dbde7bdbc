import type { EpochMs } from "../../upgrade/status.ts";
import { zonedTime } from "../../upgrade/zonedTime.ts";

/** A moment in UTC, to the millisecond: `2026-11-23 14:07:26.123`. */
export function utcText(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, -1).replace("T", " ");
}

/** A moment in a zone, with how far that is from UTC then: `2026-11-23 15:07:26.123 +01:00`. */
export function zonedText(at: EpochMs, zone: string): string {
  const local = zonedTime(at, zone);
  const offsetMinutes = Math.round(
    (Date.parse(`${local}Z`) - Math.floor(at / 1000) * 1000) / 60_000,
  );
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const offset = `${offsetMinutes < 0 ? "-" : "+"}${twoDigits(hours)}:${twoDigits(minutes)}`;
  return `${local.replace("T", " ")}${utcText(at).slice(-4)} ${offset}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** A length to the millisecond, in hours: `0:22:40.123`. */
export function exactLength(ms: number): string {
  const [hours, rest] = [Math.floor(ms / 3_600_000), ms % 3_600_000];
  return `${hours}:${new Date(rest).toISOString().slice(14, -1)}`;
}
