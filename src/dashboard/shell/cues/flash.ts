/** Flashes the tile of a cluster, where there is one and the person wants motion: see `wall.css`. */
export function flash(id: string): void {
  const tile = document.querySelector(`[data-cluster="${CSS.escape(id)}"]`);
  if (tile === null || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    return;
  }
  const end = (event: Event): void => {
    if (event instanceof AnimationEvent && event.animationName === "flash") {
      tile.removeEventListener("animationend", end);
      tile.removeAttribute("data-flash");
    }
  };
  tile.addEventListener("animationend", end);
  tile.setAttribute("data-flash", "");
}
