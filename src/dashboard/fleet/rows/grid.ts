import type { Column } from "../parameters.ts";

/** What a column is headed, and how wide it is on a wide screen. */
export const columnFaces = {
  for: { word: "For", width: "6.5rem" },
  version: { word: "Version", width: "minmax(7.5rem, 0.8fr)" },
  lane: { word: "Last", width: "minmax(6rem, 1.6fr)" },
  expected: { word: "Expected", width: "minmax(6.5rem, 0.8fr)" },
  heard: { word: "Heard", width: "5.5rem" },
} as const satisfies Record<Column, { readonly word: string; readonly width: string }>;

/** The columns of a row on a wide screen, as `grid-template-columns` has them. */
export function gridColumns(columns: readonly Column[]): string {
  const widths = columns.map((column) => columnFaces[column].width);
  return ["minmax(9rem, 1fr)", "minmax(11rem, 1.3fr)", ...widths].join(" ");
}

/** A row: these columns on a wide screen; on a narrow one a card of two columns. */
export const rowClass =
  "grid grid-cols-[minmax(0,1fr)_fit-content(60%)] gap-x-4 px-4 lg:grid-cols-(--columns)";

/**
 * The line above a row. It goes by the row's place among all, not by what is drawn: a row that lost it whenever it came
 * to be the first one drawn would move all that stand below it.
 */
export function edgeClass(index: number): string {
  return index === 0 ? "" : "border-t border-line";
}
