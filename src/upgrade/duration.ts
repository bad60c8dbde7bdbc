export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** How far two clocks are apart, to the nearest minute, as a second more or less would come and go. */
export function skewWords(differenceMs: number): string {
  return durationWords(Math.round(Math.abs(differenceMs) / minuteMs) * minuteMs);
}

/** A duration as people say it, floored: `40 s`, `23 min`, `1 h 05 min`, `2 d 3 h`. */
export function durationWords(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < minuteMs) {
    return `${Math.floor(ms / secondMs)} s`;
  }
  if (ms < hourMs) {
    return `${Math.floor(ms / minuteMs)} min`;
  }
  if (ms < dayMs) {
    const minutes = Math.floor((ms % hourMs) / minuteMs);
    const hours = `${Math.floor(ms / hourMs)} h`;
    return minutes === 0 ? hours : `${hours} ${String(minutes).padStart(2, "0")} min`;
  }
  return `${Math.floor(ms / dayMs)} d ${Math.floor((ms % dayMs) / hourMs)} h`;
}

const longestMeasuredMs = 10 * minuteMs;

/**
 * A measured duration, with its seconds while it is short: `40 s`, `1 min 30 s`, `23 min`. For what has ended, or is
 * reckoned with: a minute and a half is not a minute. What still counts is said by {@link durationWords}, or it would
 * change at every second.
 */
export function measuredWords(durationMs: number): string {
  const seconds = Math.floor((durationMs % minuteMs) / secondMs);
  const isShort = durationMs >= minuteMs && durationMs < longestMeasuredMs;
  return isShort && seconds > 0
    ? `${durationWords(durationMs)} ${seconds} s`
    : durationWords(durationMs);
}
