import type { Curve } from "../../../contract/curves.ts";

/**
 * A curve as the path of an SVG that is 1000 wide and 1000 high; a break stays a break.
 *
 * @param placeAt where a moment lies, 0 at the left edge and 1 at the right; beyond them it is cut off
 */
export function stepPath(points: Curve["points"], placeAt: (ms: number) => number): string {
  const commands: string[] = [];
  let isDrawing = false;
  for (const { ms, progress } of points) {
    const x = Math.round(placeAt(ms) * 10_000) / 10;
    if (isDrawing) {
      commands.push(`H${x}`);
    }
    if (progress !== null) {
      const y = Math.round(10_000 - progress * 100) / 10;
      commands.push(isDrawing ? `V${y}` : `M${x} ${y}`);
    }
    isDrawing = progress !== null;
  }
  return commands.join("");
}
