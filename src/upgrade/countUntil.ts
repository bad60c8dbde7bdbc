import type { EpochMs } from "./status.ts";

/** How many of what is in the order of time lie at a moment or before it. */
export function countUntil<Item>(
  items: readonly Item[],
  at: EpochMs,
  momentOf: (item: Item) => EpochMs,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && momentOf(item) <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
