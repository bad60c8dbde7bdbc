import { useLayoutEffect } from "react";

/** The browser's tab tells what it is about; whatever marks it does so after, by an effect of its own. */
export function useTitle(title: string): void {
  useLayoutEffect(() => showTitle(title), [title]);
}

/** Says on the browser's tab what it is about. */
export function showTitle(title: string): void {
  document.title = title === "" ? "Upgrade Watch" : `${title} · Upgrade Watch`;
}
