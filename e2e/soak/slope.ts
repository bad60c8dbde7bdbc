/** One reading of a measure, at so many polls. */
export type Reading = { readonly polls: number; readonly value: number };

/**
 * The Theil–Sen slope, per poll: the median of the slopes between all pairs of readings, which single outliers do not
 * move. 0 where there are fewer than two polls apart.
 */
export function theilSen(readings: readonly Reading[]): number {
  return median(
    readings.flatMap((first, index) =>
      readings
        .slice(index + 1)
        .filter(({ polls }) => polls !== first.polls)
        .map(({ polls, value }) => (value - first.value) / (polls - first.polls)),
    ),
  );
}

/** The middle of some values; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((first, second) => first - second);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** The readings of the last two thirds, by their polls: what comes before is warm-up, and the restarts. */
export function lastTwoThirds(readings: readonly Reading[]): readonly Reading[] {
  const first = readings[0]?.polls ?? 0;
  const last = readings.at(-1)?.polls ?? 0;
  return readings.filter(({ polls }) => polls >= first + (last - first) / 3);
}
