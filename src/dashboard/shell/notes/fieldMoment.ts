import { zonedTime } from "../../../upgrade/zonedTime.ts";

/**
 * The moment that a date field, such as `2026-11-23T14:07:26`, means in a zone; null where it holds none. A time that a clock shows twice, as it is set
 * back, is the earlier one; one that it leaves out is moved on by as much.
 */
export function fieldMoment(text: string, zone: string): number | null {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) {
    return null;
  }
  const offsetAt = (at: number): number =>
    Date.parse(`${zonedTime(at, zone)}Z`) - Math.floor(at / 1000) * 1000;
  const dayMs = 86_400_000;
  const [before, after] = [asUtc - offsetAt(asUtc - dayMs), asUtc - offsetAt(asUtc + dayMs)];
  const isBefore = before + offsetAt(before) === asUtc;
  const isAfter = after + offsetAt(after) === asUtc;
  return isBefore || !isAfter ? before : after;
}
