import { useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

/** Tells a row that is drawn, so that its height can be measured. */
export type DrawnRow = (row: HTMLTableRowElement | null) => void;

type ManyLinesProperties = {
  readonly keys: readonly string[];
  /** Draws one line. */
  readonly children: (index: number, ref: DrawnRow) => ReactNode;
};

const usualLineHeight = 57;

/** The table's body where there are too many lines to draw: those in sight, and room for the others. */
export default function ManyLines({ keys, children }: ManyLinesProperties): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const top = (body.current?.getBoundingClientRect().top ?? 0) + globalThis.scrollY;
    setScrollMargin(Math.round(top));
  }, [keys.length]);
  // No compiler memoises this component, so what the library changes in place is read anew at every render.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: keys.length,
    estimateSize: () => usualLineHeight,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 8,
    measureElement: lineHeight,
    scrollMargin,
  });
  const items = virtualizer.getVirtualItems();
  const before = (items[0]?.start ?? scrollMargin) - scrollMargin;
  const after = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin);
  return (
    <tbody ref={body} className="block" style={{ paddingTop: before, paddingBottom: after }}>
      {items.map(({ index }) => children(index, virtualizer.measureElement))}
    </tbody>
  );
}

/**
 * A row's height to the fraction of a pixel. The library rounds it: then the room above the rows is not what those were
 * that it stands for, and all rows in sight move a little, and are painted anew, whenever one leaves.
 *
 * @param seen what the browser says of it; undefined for a row that has just been drawn, maybe again
 */
function lineHeight(
  row: HTMLTableRowElement,
  seen: ResizeObserverEntry | undefined,
  { itemSizeCache, indexFromElement, options }: Virtualizer<Window, HTMLTableRowElement>,
): number {
  // To ask for the height lays out the page at once.
  const known =
    seen === undefined
      ? itemSizeCache.get(options.getItemKey(indexFromElement(row)))
      : seen.borderBoxSize[0]?.blockSize;
  return known ?? row.getBoundingClientRect().height;
}
