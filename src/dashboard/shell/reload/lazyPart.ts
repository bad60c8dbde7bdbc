import { type ComponentType, lazy, type LazyExoticComponent } from "react";
import { canLoadAgain } from "../../api/health.ts";
import { remember, tabMemory } from "./tabMemory.ts";

type Loaded<Properties> = { readonly default: ComponentType<Properties> };

/** What the browser does for a part that is missing; a test passes its own. */
export type Recovery = {
  readonly canReload: () => Promise<boolean>;
  readonly reload: () => void;
  readonly pauseMs: number;
};

const recovery: Recovery = {
  canReload: canLoadAgain,
  reload: () => location.reload(),
  pauseMs: 2000,
};

/**
 * A part of the page whose code is loaded when it is needed. Without a server it waits for one. Code that is gone,
 * because a newer version was installed since this page was loaded, costs one reload, which brings the newer version;
 * if it is still missing then, the failure is told.
 *
 * @param name under which it is remembered that it was missing
 */
export function lazyPart<Properties>(
  name: string,
  load: () => Promise<Loaded<Properties>>,
): LazyExoticComponent<ComponentType<Properties>> {
  return lazy(() => loadedOrReload(name, load));
}

/** @throws what the loading failed with, where a reload did not help */
export async function loadedOrReload<Part>(
  name: string,
  load: () => Promise<Part>,
  { canReload, reload, pauseMs }: Recovery = recovery,
): Promise<Part> {
  const { missing } = tabMemory();
  try {
    const part = await loadedOnceUp(load, canReload, pauseMs);
    if (missing.includes(name)) {
      remember({ missing: missing.filter((one) => one !== name) });
    }
    return part;
  } catch (error) {
    if (missing.includes(name)) {
      throw error;
    }
    remember({ missing: [...missing, name] });
    // A server that is about to end may have answered last.
    await onceUp(canReload, pauseMs);
    reload();
    // The page is about to go: what it shows now stays until then.
    return await new Promise<never>(() => {});
  }
}

/** Tries it, and where that fails once more as soon as there is a server. */
async function loadedOnceUp<Part>(
  load: () => Promise<Part>,
  isUp: () => Promise<boolean>,
  pauseMs: number,
): Promise<Part> {
  try {
    return await load();
  } catch {
    // Whatever the reason, what counts is whether it fails while the server answers.
    await onceUp(isUp, pauseMs);
    return await load();
  }
}

async function onceUp(isUp: () => Promise<boolean>, pauseMs: number): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop
  while (!(await isUp())) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
