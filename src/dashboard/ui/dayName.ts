const formats = new Map<string, Intl.DateTimeFormat>();

/** A day in full, as a zone has it: `Monday, 23 November 2026`. */
export function dayName(epochMs: number, zone: string): string {
  const known = formats.get(zone);
  const format = known ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "full" });
  formats.set(zone, format);
  return format.format(epochMs);
}
