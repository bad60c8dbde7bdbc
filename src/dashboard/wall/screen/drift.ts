/** How far a wall's picture wanders from its place, in CSS pixels. */
export type Drift = { readonly x: number; readonly y: number };

/** Less than the picture's own margins, so that nothing is ever cut off. */
const furthestPx = 4;
/** The two have no common measure that is short: the picture is seldom where it was before. */
const acrossMs = 8 * 60_000;
const downMs = 5 * 60_000;

/**
 * Where a wall's picture lies at a moment: a still picture burns in, so it wanders by a few pixels a minute, one at a
 * time.
 */
export function driftAt(sinceMs: number): Drift {
  const along = (periodMs: number): number =>
    Math.round(furthestPx * Math.sin((2 * Math.PI * sinceMs) / periodMs)) + 0;
  return { x: along(acrossMs), y: along(downMs) };
}
