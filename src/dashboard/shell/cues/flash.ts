const flashes = 5;
/** One flash a second: three would be the most that are safe to look at. */
const flashMs = 1000;

/** Flashes the tile of a cluster, where there is one and the person wants motion. */
export function flash(id: string): void {
  const tile = document.querySelector(`[data-cluster="${CSS.escape(id)}"]`);
  if (tile === null || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    return;
  }
  tile.animate(
    [
      { outline: "0.25em solid transparent", outlineOffset: "-0.25em" },
      { outline: "0.25em solid currentColor", outlineOffset: "-0.25em" },
      { outline: "0.25em solid transparent", outlineOffset: "-0.25em" },
    ],
    { duration: flashMs, iterations: flashes },
  );
}
