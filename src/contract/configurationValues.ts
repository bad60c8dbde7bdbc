/** The kinds of single values in the configuration; each names what is allowed in plain English. */
import * as z from "zod/mini";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const durationUnits = new Map([
  ["ms", 1],
  ["s", secondMs],
  ["m", minuteMs],
  ["h", hourMs],
  ["d", dayMs],
]);

const sizeUnits = new Map([
  ["kB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
  ["TB", 1e12],
]);

/** A text such as `5s` or `2GB` as a number of the base unit, or null where it is none. */
function measured(text: string, units: ReadonlyMap<string, number>): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?) ?([A-Za-z]{1,2})$/.exec(text);
  const unit = units.get(match?.[2] ?? "");
  return match === null || unit === undefined ? null : Math.round(Number(match[1]) * unit);
}

function measure(units: ReadonlyMap<string, number>, least: number, most: number, allowed: string) {
  return z.pipe(
    z.string({ error: allowed }),
    z.transform((text, context) => {
      const value = measured(text, units);
      if (value === null || value < least || value > most) {
        context.issues.push({ code: "custom", message: allowed, input: text });
        return z.NEVER;
      }
      return value;
    }),
  );
}

function oneLine(most: number, allowed: string) {
  return z
    .string({ error: allowed })
    .check(
      z.refine(
        (text) => text.trim() !== "" && !/\p{Cc}/u.test(text) && graphemes(text) <= most,
        allowed,
      ),
    );
}

function graphemes(text: string): number {
  return [...new Intl.Segmenter("en").segment(text)].length;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    // RangeError is how Intl says that there is no such zone.
    return false;
  }
}

/** A poll interval in ms, written as `1s` to `1h`. */
export const interval = measure(
  durationUnits,
  secondMs,
  hourMs,
  "an interval from 1s to 1h, such as 5s",
);

/** The deadline of one poll in ms, written as `0.5s` to `60s`. */
export const timeout = measure(
  durationUnits,
  secondMs / 2,
  minuteMs,
  "a time limit from 0.5s to 60s, such as 5s",
);

/** How long history is kept, in ms. */
export const retentionAge = measure(
  durationUnits,
  hourMs,
  36_500 * dayMs,
  "a duration from 1h to 36500d, such as 400d",
);

/** How much history is kept, in bytes (1 GB = 1,000,000,000 bytes). */
export const retentionSize = measure(
  sizeUnits,
  1e6,
  1e15,
  "a size from 1MB to 1000TB, such as 2GB",
);

/** A file's path as written, not yet resolved. */
export const filePath = oneLine(4096, "the path of a file");

const secretFileRule = "the path of a file that holds the secret, never the secret itself";

/** The path of a file that holds a token or password. A token in its place is refused, so that it gets into no message. */
export const secretFilePath = filePath.check(
  z.refine((path) => !/^(?:access-v\d+:|session-v\d+:|Bearer )/i.test(path), secretFileRule),
);

/** Free text on one line: a contact, a ticket, a label. */
export const shortText = oneLine(200, "a text on one line of at most 200 characters, in quotes");

/** A cluster's name on screen. */
export const displayName = oneLine(48, "a name on one line of at most 48 characters");

const idRule = "an id of 1 to 63 small letters, digits and hyphens, such as lon-prod-1";

/** A cluster's id: in every address and metric. */
export const clusterId = z.string({ error: idRule }).check(z.regex(/^[a-z0-9-]{1,63}$/, idRule));

const zoneRule = "a time zone's name, such as Europe/London or UTC";

/** A time zone that this host knows. */
export const zone = z.string({ error: zoneRule }).check(z.refine(isZone, zoneRule));

const momentRule = "a moment with its offset from UTC, such as 2026-11-23T16:00:00Z";

/** A moment as milliseconds since 1970. */
export const moment = z.pipe(
  z.string({ error: momentRule }).check(z.iso.datetime({ offset: true, error: momentRule })),
  z.transform((text) => Date.parse(text)),
);

const environmentRule = "the name of an environment variable, such as LON_TOKEN";

/** The name of an environment variable; never its value. */
export const environmentName = z
  .string({ error: environmentRule })
  .check(z.regex(/^[A-Za-z_][A-Za-z0-9_]{0,254}$/, environmentRule));

const fingerprintRule =
  "a certificate's SHA-256 fingerprint: 64 hexadecimal digits, with or without colons, in quotes";

/** A SHA-256 fingerprint in upper case with colons, as Node and openssl write it. */
export const fingerprint = z.pipe(
  z
    .string({ error: fingerprintRule })
    .check(z.regex(/^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){31})$/, fingerprintRule)),
  z.transform((text) => (text.replaceAll(":", "").toUpperCase().match(/../g) ?? []).join(":")),
);

/** Yes or no. */
export const flag = z.boolean({ error: "true or false" });
