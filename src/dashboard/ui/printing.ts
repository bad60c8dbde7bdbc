import { useSyncExternalStore } from "react";

/** How wide a timeline is on an A4 sheet, in CSS pixels: 210 mm less margins of 12 mm. */
export const paperWidth = 700;

const paper = globalThis.matchMedia("print");
const listeners = new Set<() => void>();
let isPrinting = paper.matches;

function tell(next: boolean): void {
  isPrinting = next;
  for (const listener of listeners) {
    listener();
  }
}

// Before a sheet is laid out nothing can be measured on it, so what is drawn by size must be told in time.
globalThis.addEventListener("beforeprint", () => tell(true));
globalThis.addEventListener("afterprint", () => tell(paper.matches));
paper.addEventListener("change", ({ matches }) => tell(matches));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether the page is being put on paper. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinting);
}
