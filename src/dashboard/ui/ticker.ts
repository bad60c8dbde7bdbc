import { useEffect, useReducer, useRef, type RefObject } from "react";

/**
 * One clock for everything on the page that counts. Text that ticks is written straight into its element: a second
 * that passes redraws a few characters, not the page.
 */
const listeners = new Set<() => boolean>();
/** What is written once a second, all of it in the same frame: each of a display's frames has its price. */
const writers = new Set<() => void>();
/** Texts by whose change a new second is told, such as a clock's. */
const pacemakers = new Set<() => string>();
let lastSecond = "";
const tickMs = 250;
const hiddenTickMs = 1000;
const returns = [
  [document, "visibilitychange"],
  [document, "resume"],
  [globalThis, "pageshow"],
] as const;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  let isRedrawing = false;
  for (const each of listeners) {
    isRedrawing = each() || isRedrawing;
  }
  const second = secondNow();
  if (second !== lastSecond) {
    lastSecond = second;
    if (isRedrawing) {
      // What is redrawn comes in a task of its own: an age that is written before it would stand beside a word that it belies.
      setTimeout(writeAll);
    } else {
      writeAll();
    }
  }
}

function writeAll(): void {
  for (const write of writers) {
    write();
  }
}

function secondNow(): string {
  const [pacemaker] = pacemakers;
  return pacemaker?.() ?? String(Math.floor(performance.now() / 1000));
}

/**
 * A page that is hidden to its browser ticks seldom, but it does: on a wall's second desktop it may well be seen by people,
 * and they must hear of a lost server too. When it shows again, or goes on after the browser froze it or kept it aside, it
 * must be right at once, not at the next tick: its first picture may be hours old.
 */
function follow(): void {
  clearInterval(timer);
  timer = undefined;
  if (listeners.size + writers.size > 0) {
    lastSecond = "";
    tick();
    timer = setInterval(tick, document.visibilityState === "hidden" ? hiddenTickMs : tickMs);
  }
}

function join<Listener extends () => unknown>(
  group: Set<Listener>,
  listener: Listener,
): () => void {
  group.add(listener);
  if (listeners.size + writers.size === 1) {
    for (const [target, event] of returns) {
      target.addEventListener(event, follow);
    }
    follow();
  }
  return () => {
    group.delete(listener);
    if (listeners.size + writers.size === 0) {
      for (const [target, event] of returns) {
        target.removeEventListener(event, follow);
      }
      follow();
    }
  };
}

/**
 * An element whose text is made anew every second; `text` may be another function at every render.
 *
 * @param isClock whether a second begins when this text changes: what counts beside a clock counts with it
 */
export function useTickingText(
  text: () => string,
  isClock: boolean,
): RefObject<HTMLSpanElement | null> {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = (): void => {
      const next = text();
      const shown = element.current;
      if (shown !== null && shown.textContent !== next) {
        // Where there is a text it is changed in its place: for another one the browser works out styles and boxes anew.
        (shown.firstChild ?? shown.appendChild(new Text())).nodeValue = next;
      }
    };
    write();
    return join(writers, write);
  }, [text]);
  useEffect(() => {
    if (!isClock) {
      return;
    }
    pacemakers.add(text);
    return () => void pacemakers.delete(text);
  }, [text, isClock]);
  return element;
}

/** Runs an effect every second, e.g. to move a line by its attributes. */
export function useTick(effect: () => void): void {
  useEffect(() => {
    effect();
    return join(writers, effect);
  }, [effect]);
}

/**
 * A value that is read four times a second; the component redraws only when it changes. The value must be a primitive. It
 * may be another one at every reading, as the moment of a replay is: what a tick has drawn stays until the next.
 */
export function useTickingValue<Value extends string | number | boolean | null>(
  read: () => Value,
): Value {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const value = read();
  const drawn = useRef({ value, read });
  useEffect(() => {
    drawn.current = { value, read };
  });
  useEffect(
    () =>
      join(listeners, () => {
        const isAnother = drawn.current.read() !== drawn.current.value;
        if (isAnother) {
          redraw();
        }
        return isAnother;
      }),
    [],
  );
  return value;
}
