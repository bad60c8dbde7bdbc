import { useEffect, useRef } from "react";

/** Where it is remembered for which build this tab was reloaded; what it can't remember, it does not do. */
const reloadedFor = "reloaded-for-build";

/**
 * Loads the page anew when the server has become another build. The answer that tells so has just come, so there is a
 * server to load from; and it happens once for each build, so that a page and a server that never agree don't loop.
 */
export function useReloadOnNewBuild(build: string | undefined): void {
  const first = useRef<string>(undefined);
  useEffect(() => {
    first.current ??= build;
    if (build !== undefined && first.current !== build && mayReloadFor(build)) {
      location.reload();
    }
  }, [build]);
}

function mayReloadFor(build: string): boolean {
  try {
    const isNew = sessionStorage.getItem(reloadedFor) !== build;
    sessionStorage.setItem(reloadedFor, build);
    return isNew;
  } catch {
    // Refused: without a memory there is no guard against a loop.
    return false;
  }
}
