import type { ReactNode } from "react";
import { ScrollBox } from "./ScrollBox.tsx";

type TableProperties = {
  /** What it lists, for screen readers. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** Whether its columns have room on the narrowest screen too. */
  readonly isNarrow?: boolean;
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
};

/** A table that scrolls sideways where it is too wide; its rows stay whole on paper. */
export function Table({ caption, columns, rows, isNarrow = false }: TableProperties): ReactNode {
  return (
    <ScrollBox label={caption} className="print:overflow-visible">
      <table
        className={`w-full text-left text-[13px] tabular-nums [overflow-wrap:break-word] print:text-[9pt] ${isNarrow ? "" : "max-sm:min-w-[42rem]"}`}
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-xs text-muted">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1 pr-4 font-medium whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="break-inside-avoid border-t border-line">
              {cells.map((cell, index) => (
                <td key={columns[index]} className="py-1.5 pr-4 align-top">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
