import { type RefObject, useEffect, useRef, useState } from "react";
import type { Space } from "./layout.ts";

/** How much space an element has, followed through every change of the screen; null before it was measured. */
export function useSpace(): {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly space: Space | null;
} {
  const element = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState<Space | null>(null);
  useEffect(() => {
    if (element.current === null) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        const { width, height } = entry.contentRect;
        setSpace({ width, height });
      }
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, space };
}
