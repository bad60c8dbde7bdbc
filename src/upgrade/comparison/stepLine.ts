import type { EpochMs } from "../status.ts";

/** A point of a step line: from `at` on this percent held; null breaks the line. */
export type StepPoint = { readonly at: EpochMs; readonly progress: number | null };

/**
 * Reduces a step line to at most the first, last, lowest, highest and broken point of each of so many columns of time.
 *
 * @param points in the order of time
 */
export function reducedSteps(
  points: readonly StepPoint[],
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  columns: number,
): readonly StepPoint[] {
  const groups = new Map<number, StepPoint[]>();
  for (const point of points) {
    const column = Math.floor(((point.at - from) / (to - from)) * columns);
    groups.set(column, [...(groups.get(column) ?? []), point]);
  }
  return [...groups.values()].flatMap((group) => {
    const heard = group.filter(({ progress }) => progress !== null);
    const byLevel = heard.toSorted((one, other) => (one.progress ?? 0) - (other.progress ?? 0));
    const broken = group.findLast(({ progress }) => progress === null);
    const keep = new Set([group[0], byLevel[0], byLevel.at(-1), broken, group.at(-1)]);
    return group.filter((point) => keep.has(point));
  });
}
