import { skewWords } from "../../upgrade/duration.ts";

/** A screen whose clock is off by less misleads nobody. */
const worthSayingMs = 60_000;

/**
 * What to say of a screen whose own clock is wrong; null where it is not. Nothing on the page is measured by it.
 *
 * @param screenMs what this screen's clock says
 * @param serverMs what the server's clock says at the same moment
 */
export function screenClockWords(screenMs: number, serverMs: number): string | null {
  const aheadMs = screenMs - serverMs;
  if (Math.abs(aheadMs) < worthSayingMs) {
    return null;
  }
  const side = aheadMs > 0 ? "ahead of" : "behind";
  return `This screen's clock is ${skewWords(aheadMs)} ${side} the server's. Times here are the server's.`;
}
