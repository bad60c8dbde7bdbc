import { useEffect, useRef, useSyncExternalStore, type RefObject } from "react";

/**
 * One clock for everything on the page that counts. Text that ticks is written straight into its element: a second
 * that passes redraws a few characters, not the page.
 */
const listeners = new Set<() => void>();
const tickMs = 250;
const hiddenTickMs = 1000;
const returns = [
  [document, "visibilitychange"],
  [document, "resume"],
  [globalThis, "pageshow"],
] as const;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  for (const each of listeners) {
    each();
  }
}

/**
 * A page that is hidden to its browser ticks seldom, but it does: on a wall's second desktop it may well be seen by people,
 * and they must hear of a lost server too. When it shows again, or goes on after the browser froze it or kept it aside, it
 * must be right at once, not at the next tick: its first picture may be hours old.
 */
function follow(): void {
  clearInterval(timer);
  timer = undefined;
  if (listeners.size > 0) {
    tick();
    timer = setInterval(tick, document.visibilityState === "hidden" ? hiddenTickMs : tickMs);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    for (const [target, event] of returns) {
      target.addEventListener(event, follow);
    }
    follow();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      for (const [target, event] of returns) {
        target.removeEventListener(event, follow);
      }
      follow();
    }
  };
}

/** An element whose text is made anew at every tick; `text` may be another function at every render. */
export function useTickingText(text: () => string): RefObject<HTMLSpanElement | null> {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = (): void => {
      const next = text();
      if (element.current !== null && element.current.textContent !== next) {
        element.current.textContent = next;
      }
    };
    write();
    return subscribe(write);
  }, [text]);
  return element;
}

/** Runs an effect at every tick, e.g. to move a line by its attributes. */
export function useTick(effect: () => void): void {
  useEffect(() => {
    effect();
    return subscribe(effect);
  }, [effect]);
}

/**
 * A value that is read at every tick; the component redraws only when it changes. The value must be a primitive.
 */
export function useTickingValue<Value extends string | number | boolean | null>(
  read: () => Value,
): Value {
  return useSyncExternalStore(subscribe, read);
}
