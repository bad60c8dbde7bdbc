/** Moments as a date field has them: `2026-11-23T14:07:26`, without a zone. */

/** A moment as a date field shows it in a zone; down to the second. */
export function fieldText(at: number, zone: string): string {
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
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value] as const),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

/**
 * The moment that a date field means in a zone; null where it holds none. A time that a clock shows twice, as it is set
 * back, is the earlier one; one that it leaves out is moved on by as much.
 */
export function fieldMoment(text: string, zone: string): number | null {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) {
    return null;
  }
  const offsetAt = (at: number): number =>
    Date.parse(`${fieldText(at, zone)}Z`) - Math.floor(at / 1000) * 1000;
  const dayMs = 86_400_000;
  const [before, after] = [asUtc - offsetAt(asUtc - dayMs), asUtc - offsetAt(asUtc + dayMs)];
  const isBefore = before + offsetAt(before) === asUtc;
  const isAfter = after + offsetAt(after) === asUtc;
  return isBefore || !isAfter ? before : after;
}
