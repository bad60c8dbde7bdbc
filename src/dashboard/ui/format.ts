/** Figures and moments as people read them. Pure: the zone and the moment are arguments. */

/** A duration as a clock counts it: `00:42`, `22:40`, `1:05:09`, and `2 d 03 h` beyond a day. Floored. */
export function clockDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) {
    return `${days} d ${pad(hours % 24)} h`;
  }
  const tail = `${pad(minutes % 60)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** A duration rounded as an estimate deserves: `≈ 40 s`, `≈ 14 min`, `≈ 1 h 20 min`, `≈ 2 d`. */
export function roughDuration(durationMs: number): string {
  return `≈ ${roughWords(durationMs)}`;
}

/** The estimate without its sign, for ranges. */
export function roughWords(durationMs: number): string {
  const seconds = Math.max(0, durationMs / 1000);
  if (seconds < 55) {
    return `${Math.max(5, Math.round(seconds / 5) * 5)} s`;
  }
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) {
    return `${minutes} min`;
  }
  if (minutes < 24 * 60) {
    const rounded = Math.round(minutes / 5) * 5;
    const rest = rounded % 60;
    return `${Math.floor(rounded / 60)} h${rest === 0 ? "" : ` ${pad(rest)} min`}`;
  }
  return `${Math.round(minutes / 60 / 24)} d`;
}

/** An age in whole units, where many count side by side; it is rather told as older than as fresher: `1 s`, `3 min`. */
export function wholeAgeWords(ageMs: number): string {
  return ageMs < 10_000 ? `${Math.max(1, Math.ceil(ageMs / 1000))} s` : ageWords(ageMs);
}

/** An age as it is read at a glance: `0.4 s`, `12 s`, `3 min`, `2 h`, `5 d`. */
export function ageWords(ageMs: number): string {
  const seconds = Math.max(0, ageMs / 1000);
  if (seconds < 10) {
    return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

const clockFormats = new Map<string, Intl.DateTimeFormat>();

function clockFormat(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = clockFormats.get(key);
  if (known !== undefined) {
    return known;
  }
  // en-GB gives 24 hours; the words of the page are English anyway.
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
  clockFormats.set(key, made);
  return made;
}

/** The time of day in a zone, with seconds: `14:07:26`. */
export function timeOfDay(epochMs: number, zone: string): string {
  return clockFormat(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(
    epochMs,
  );
}

/** The time of day in a zone, without seconds: `14:07`. */
export function hourAndMinute(epochMs: number, zone: string): string {
  return clockFormat(zone, { hour: "2-digit", minute: "2-digit" }).format(epochMs);
}

/**
 * The moment in a zone: the time of day, with the date where it is not the day of `now`, the year where it is another
 * one, and the offset where it is not that of `now`: an hour comes twice when daylight saving ends.
 */
export function moment(epochMs: number, now: number, zone: string): string {
  return placed(timeOfDay(epochMs, zone), epochMs, now, zone);
}

/** {@link moment} to the minute, for what is planned or forecast. */
export function minuteMoment(epochMs: number, now: number, zone: string): string {
  return placed(hourAndMinute(epochMs, zone), epochMs, now, zone);
}

function placed(time: string, epochMs: number, now: number, zone: string): string {
  const year = clockFormat(zone, { year: "numeric" });
  const day = clockFormat(zone, { day: "numeric", month: "short" });
  const isSameYear = year.format(epochMs) === year.format(now);
  const date = `${day.format(epochMs)}${isSameYear ? "" : ` ${year.format(epochMs)}`}`;
  const isSameDay = isSameYear && day.format(epochMs) === day.format(now);
  const offset = offsetLabel(epochMs, zone);
  const isSameOffset = offset === offsetLabel(now, zone);
  return `${isSameDay ? "" : `${date}, `}${time}${isSameOffset ? "" : ` ${offset}`}`;
}

/** How far a zone is from UTC at a moment: `UTC`, `UTC+1`, `UTC+5:30`, `UTC−8`. */
export function offsetLabel(epochMs: number, zone: string): string {
  const parts = clockFormat(zone, { timeZoneName: "shortOffset" }).formatToParts(epochMs);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
  return name
    .replace(/^GMT(?:\+0)?$/, "UTC")
    .replace("GMT", "UTC")
    .replace("-", "−");
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
