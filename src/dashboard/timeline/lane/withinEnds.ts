import type { Axis } from "../axis/axis.ts";
import type { Band } from "./lane.ts";

/**
 * The bands of a time that is over: what begins with its end is no part of it, and nothing goes on beyond it.
 *
 * @param isOver whether it is; otherwise the bands are what they were
 */
export function withinEnds(bands: readonly Band[], axis: Axis, isOver: boolean): readonly Band[] {
  return isOver
    ? bands
        .filter(({ from, to }) => from < axis.to && (to ?? axis.to) > axis.from)
        .map((band) => ({ ...band, to: Math.min(band.to ?? axis.to, axis.to) }))
    : bands;
}
