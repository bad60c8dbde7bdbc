import { type DestinationStream, pino } from "pino";
import type { EpochMs } from "../upgrade/status.ts";

/** What else there is to say: figures, ids, an `error`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** JSON lines for whoever runs the server. */
export type Log = {
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
};

/** What a log needs from outside. */
export type LogSurroundings = {
  /** The least level that is written, as in `LOG_LEVEL`; an unknown word means `info`. */
  readonly level: string | undefined;
  /** Takes secrets out of a text; every text passes it on its way out. */
  readonly scrub: (text: string) => string;
  readonly now: () => EpochMs;
  /** Takes one line; standard error unless given. */
  readonly write?: (line: string) => void;
};

const levels = ["debug", "info", "warn", "error", "silent"];
const quietMs = 60_000;
const rememberedMost = 1000;
const deepest = 6;

type Repetition = { readonly since: EpochMs; count: number };

/**
 * A log in which the same warning or error is written once a minute; how many others were alike is told as `repeated`
 * with the next one that is written.
 */
export function createLog({ level, scrub, now, write }: LogSurroundings): Log {
  const options = {
    level: levels.find((known) => known === level) ?? "info",
    base: null,
    timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const destination = write === undefined ? standardError() : { write };
  const logger = pino(options, destination);
  const repetitions = new Map<string, Repetition>();

  function collapsed(severity: "warn" | "error", message: string, fields: LogFields) {
    const clean = cleaned(fields, scrub, deepest);
    const key = JSON.stringify([severity, message, clean]);
    const earlier = repetitions.get(key);
    if (earlier !== undefined && now() - earlier.since < quietMs) {
      earlier.count += 1;
      return;
    }
    repetitions.delete(key);
    const [oldest] = repetitions.keys();
    if (oldest !== undefined && repetitions.size >= rememberedMost) {
      repetitions.delete(oldest);
    }
    repetitions.set(key, { since: now(), count: 0 });
    const repeated =
      earlier === undefined || earlier.count === 0 ? {} : { repeated: earlier.count };
    logger[severity]({ fields: clean, ...repeated }, visible(scrub(message)));
  }

  return {
    info: (message, fields = {}) =>
      logger.info({ fields: cleaned(fields, scrub, deepest) }, visible(scrub(message))),
    warn: (message, fields = {}) => collapsed("warn", message, fields),
    error: (message, fields = {}) => collapsed("error", message, fields),
  };
}

/** Lines that can't be written, as on a full disk, are dropped: a log must not end what it tells about. */
function standardError(): DestinationStream {
  const destination = pino.destination({ fd: 2, sync: true });
  destination.on("error", () => undefined);
  return destination;
}

/** A copy of plain values only: texts scrubbed, errors by name and message, nothing endless. */
function cleaned(value: unknown, scrub: (text: string) => string, depth: number): unknown {
  if (typeof value === "string") {
    return visible(scrub(value));
  }
  if (value instanceof Error) {
    // Never the cause: libraries put requests with their headers into it.
    return {
      name: value.name,
      message: visible(scrub(value.message)),
      stack: scrub(value.stack ?? ""),
    };
  }
  if (typeof value !== "object" || value === null) {
    return typeof value === "bigint" ? value.toString() : value;
  }
  if (depth === 0) {
    return "…";
  }
  if (Array.isArray(value)) {
    return value.map((item) => cleaned(item, scrub, depth - 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cleaned(item, scrub, depth - 1)]),
  );
}

/** JSON escapes the controls below U+0020 itself; those above would still reach a terminal. */
function visible(text: string): string {
  return text.replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
