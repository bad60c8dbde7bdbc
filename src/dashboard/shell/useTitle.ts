import { useEffect } from "react";

/** The browser's tab tells what it is about. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Upgrade Watch" : `${title} · Upgrade Watch`;
  }, [title]);
}
