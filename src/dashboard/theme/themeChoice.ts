import { createStoredChoice } from "../ui/storedChoice.ts";

/** The theme of the admin's pages; walls are always dark. */
export const themeChoice = createStoredChoice(
  "theme",
  ["system", "dark", "light"],
  location.search,
  () => localStorage,
);

/**
 * Keeps the page in the theme that is chosen; `public/theme.js` has set the first one before the first paint.
 *
 * @returns stops it
 */
export function followTheme(root: HTMLElement = document.documentElement): () => void {
  const light = globalThis.matchMedia("(prefers-color-scheme: light)");
  const apply = (): void => {
    const chosen = themeChoice.get();
    const bySystem = light.matches ? "light" : "dark";
    root.dataset["theme"] = chosen === "system" ? bySystem : chosen;
  };
  apply();
  const leave = themeChoice.subscribe(apply);
  light.addEventListener("change", apply);
  return () => {
    leave();
    light.removeEventListener("change", apply);
  };
}
