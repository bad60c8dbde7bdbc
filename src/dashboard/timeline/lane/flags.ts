/** Flags above the lane for states too short to carry their own word. */
import { type Band, bandDuration } from "./lane.ts";

/** A flag: its pole stands at `place` of the axis, its text lies in one of a few rows, beside the pole. */
export type Flag = {
  readonly key: string;
  readonly band: Band;
  readonly text: string;
  readonly place: number;
  readonly row: number;
  /** Towards which side of the pole the text runs. */
  readonly side: "right" | "left";
};

/** A band that is narrower than this can't show its shape. */
const narrowestBandPixels = 24;
const letterPixels = 6.2;
const flagPaddingPixels = 26;

/** How many rows of flags there are at most; a flag that finds no room in any is left out, its band stays. */
export const flagRows = 2;

/**
 * The flags that have room, the newest first served. Gaps get none: their hatching says it all.
 *
 * @param widthPixels how wide the axis is on screen
 */
export function flagsOf(bands: readonly Band[], widthPixels: number): readonly Flag[] {
  const taken: { row: number; from: number; to: number }[] = [];
  const flags: Flag[] = [];
  for (const band of bands.toReversed()) {
    const wide = (band.end - band.start) * widthPixels >= narrowestBandPixels;
    const named = band.fill === "solid" || band.fill === "dashed";
    const isCut = band.start <= 0;
    if ((wide && band.label !== "") || !named || isCut || band.merged > 0 || band.to === null) {
      continue;
    }
    const text = `${band.word} ${bandDuration(band, band.to)}`;
    const place = (band.start + band.end) / 2;
    const length = text.length * letterPixels + flagPaddingPixels;
    const x = place * widthPixels;
    const side = x + length <= widthPixels ? "right" : "left";
    const [from, to] = side === "right" ? [x, x + length] : [x - length, x];
    const isFree = (row: number): boolean =>
      taken.every((other) => other.row !== row || to <= other.from || from >= other.to);
    const row = Array.from({ length: flagRows }, (_, index) => index).find(isFree);
    if (row !== undefined && from >= 0) {
      taken.push({ row, from, to });
      flags.push({ key: band.key, band, text, place, row, side });
    }
  }
  return flags.reverse();
}
