import { type RefObject, useEffect, useRef, useState } from "react";

/** How large an element is on screen, in CSS pixels; a usual size until it was measured. */
export type PlotSize = { readonly width: number; readonly height: number };

/** Measures an element now and whenever it changes. */
export function usePlotSize<Measured extends HTMLElement>(
  usual: PlotSize,
): [RefObject<Measured | null>, PlotSize] {
  const element = useRef<Measured>(null);
  const [size, setSize] = useState(usual);
  useEffect(() => {
    const measured = element.current;
    if (measured === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) {
        const { width, height } = entry.contentRect;
        setSize((before) =>
          before.width === width && before.height === height ? before : { width, height },
        );
      }
    });
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
