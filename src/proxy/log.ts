import { pino } from "pino";
import { minuteMs } from "../upgrade/duration.ts";
import type { Clock } from "./clock.ts";

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
  readonly clock: Pick<Clock, "now" | "after">;
  /** Takes one line; standard error unless given. */
  readonly write?: (line: string) => void;
};

/** The log of the whole process. */
export type ProcessLog = Log & {
  /** Writes the counts that are not told yet: the last thing before the end. */
  readonly flush: () => void;
  /** How often a line could not be written, because the disk or the reader of the log refused it. */
  readonly writeErrors: () => number;
};

const levels = ["debug", "info", "warn", "error", "silent"];
const rememberedMost = 1000;
const deepest = 6;
/** So many characters wait for a disk that is full; they are written when it has room again. */
const mostUnwritten = 65_536;

type Severity = "info" | "warn" | "error";
type Repetition = { count: number; readonly write: (repeated: number) => void; cancel: () => void };

/**
 * A log in which the same line is written once a minute: at once, and then each minute with how many others were alike
 * as `repeated`. It never throws: where a line can't be written, whatever was to be told goes on.
 */
export function createLog({ level, scrub, clock, write }: LogSurroundings): ProcessLog {
  const options = {
    level: levels.find((known) => known === level) ?? "info",
    base: null,
    timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  let writeErrors = 0;
  const noteError = (): void => {
    writeErrors += 1;
  };
  const logger = pino(options, write === undefined ? standardError(noteError) : { write });
  const repetitions = new Map<string, Repetition>();

  const attempt = (severity: Severity, message: string, fields: object): void => {
    try {
      logger[severity](fields, message);
    } catch {
      // There is no place left to say so but the metrics.
      noteError();
    }
  };

  /** Tells how often it came again within the minute, if it did, and waits for another minute; else forgets it. */
  const tell = (key: string, repetition: Repetition): void => {
    if (repetition.count === 0) {
      repetitions.delete(key);
      return;
    }
    repetition.write(repetition.count);
    repetition.count = 0;
    repetition.cancel = clock.after(minuteMs, () => tell(key, repetition));
  };

  const say = (severity: Severity, message: string, fields: LogFields): void => {
    if (!logger.isLevelEnabled(severity)) {
      return;
    }
    const clean = cleaned(fields, scrub, deepest);
    const text = visible(scrub(message));
    const key = JSON.stringify([severity, text, clean]);
    const earlier = repetitions.get(key);
    if (earlier !== undefined) {
      earlier.count += 1;
      return;
    }
    attempt(severity, text, { fields: clean });
    const [oldest] = repetitions;
    if (oldest !== undefined && repetitions.size >= rememberedMost) {
      const [forgotten, { count, write: writeCount, cancel }] = oldest;
      cancel();
      repetitions.delete(forgotten);
      if (count > 0) {
        writeCount(count);
      }
    }
    const repetition: Repetition = {
      count: 0,
      write: (repeated) => attempt(severity, text, { fields: clean, repeated }),
      cancel: clock.after(minuteMs, () => tell(key, repetition)),
    };
    repetitions.set(key, repetition);
  };

  return {
    info: (message, fields = {}) => say("info", message, fields),
    warn: (message, fields = {}) => say("warn", message, fields),
    error: (message, fields = {}) => say("error", message, fields),
    flush: () => {
      for (const { count, write: writeCount, cancel } of repetitions.values()) {
        cancel();
        if (count > 0) {
          writeCount(count);
        }
      }
      repetitions.clear();
    },
    writeErrors: () => writeErrors,
  };
}

/** What can't be written, as on a full disk, waits and is dropped in the end: a log must not end what it tells about. */
function standardError(onError: () => void) {
  const destination = pino.destination({ fd: 2, sync: true, maxLength: mostUnwritten });
  destination.on("error", onError);
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
