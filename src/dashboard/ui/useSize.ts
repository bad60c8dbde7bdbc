import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** How large an element is on screen, in CSS pixels. */
export type Size = { readonly width: number; readonly height: number };

/** Measures an element now and whenever it changes; undefined until it was measured. */
export function useSize<Measured extends HTMLElement>(): [
  RefObject<Measured | null>,
  Size | undefined,
] {
  const element = useRef<Measured>(null);
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) {
      return;
    }
    const take = ({ width, height }: Size): void => {
      if (width > 0) {
        setSize((before) =>
          before?.width === width && before.height === height ? before : { width, height },
        );
      }
    };
    // At once: a tab that is hidden draws no frames, and hears of no size before it shows.
    take(measured.getBoundingClientRect());
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        take(entry.contentRect);
      }
    });
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
