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

const formatOptions = {
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  minute: { hour: "2-digit", minute: "2-digit" },
  year: { year: "numeric" },
  day: { day: "numeric", month: "short" },
  offset: { timeZoneName: "shortOffset" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const clockFormats = new Map<string, Intl.DateTimeFormat>();

function clockFormat(kind: keyof typeof formatOptions, zone: string): Intl.DateTimeFormat {
  const key = `${kind} ${zone}`;
  const known = clockFormats.get(key);
  if (known !== undefined) {
    return known;
  }
  // en-GB gives 24 hours; the words of the page are English anyway.
  const options = { timeZone: zone, hourCycle: "h23", ...formatOptions[kind] } as const;
  const made = new Intl.DateTimeFormat("en-GB", options);
  clockFormats.set(key, made);
  return made;
}

/** The time of day in a zone, with seconds: `14:07:26`. */
export function timeOfDay(epochMs: number, zone: string): string {
  return clockFormat("second", zone).format(epochMs);
}

/** The time of day in a zone, without seconds: `14:07`. */
export function hourAndMinute(epochMs: number, zone: string): string {
  return clockFormat("minute", zone).format(epochMs);
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
  const then = placeAt(epochMs, zone);
  const here = placeAt(now, zone);
  const isSameYear = then.year === here.year;
  const isSameDay = isSameYear && then.day === here.day;
  const date = isSameDay ? "" : `${then.day}${isSameYear ? "" : ` ${then.year}`}, `;
  return `${date}${time}${then.offset === here.offset ? "" : ` ${then.offset}`}`;
}

/** How far a zone is from UTC at a moment: `UTC`, `UTC+1`, `UTC+5:30`, `UTC−8`. */
export function offsetLabel(epochMs: number, zone: string): string {
  return placeAt(epochMs, zone).offset;
}

/** Year, day and offset of a moment; a page asks for those of few quarters of an hour, thousands of times. */
type Place = { readonly year: string; readonly day: string; readonly offset: string };

/** Wherever clusters are, days begin and clocks change with a quarter of an hour. */
const quarterMs = 15 * 60_000;
const places = new Map<string, Place>();
/** Two days of one zone are more than a page tells again and again. */
const mostPlaces = 200;

function placeAt(epochMs: number, zone: string): Place {
  const key = `${Math.floor(epochMs / quarterMs)} ${zone}`;
  const known = places.get(key);
  if (known !== undefined) {
    return known;
  }
  const parts = clockFormat("offset", zone).formatToParts(epochMs);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
  const place = {
    year: clockFormat("year", zone).format(epochMs),
    day: clockFormat("day", zone).format(epochMs),
    offset: name
      .replace(/^GMT(?:\+0)?$/, "UTC")
      .replace("GMT", "UTC")
      .replace("-", "−"),
  };
  // A page that is open for months must not collect what it told long ago.
  if (places.size >= mostPlaces) {
    places.clear();
  }
  places.set(key, place);
  return place;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
