import { type RefObject, useEffect, useRef, useState } from "react";

/** How large an element is on screen, in CSS pixels. */
export type Size = { readonly width: number; readonly height: number };

/** Measures an element now and whenever it changes; undefined until it was measured. */
export function useSize<Measured extends HTMLElement>(): [
  RefObject<Measured | null>,
  Size | undefined,
] {
  const element = useRef<Measured>(null);
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    const measured = element.current;
    if (measured === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) {
        const { width, height } = entry.contentRect;
        setSize((before) =>
          before?.width === width && before.height === height ? before : { width, height },
        );
      }
    });
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
