import type { ReactNode } from "react";
import { controlClass } from "../shell/Controls.tsx";
import { columns, type FleetParameters, toggled } from "./parameters.ts";
import { columnFaces } from "./rows/grid.ts";

type ColumnsChoiceProperties = {
  readonly parameters: FleetParameters;
  readonly onChange: (change: Partial<FleetParameters>) => void;
};

/** Which columns a row has. */
export default function ColumnsChoice(properties: ColumnsChoiceProperties): ReactNode {
  const { parameters, onChange } = properties;
  return (
    <details className="relative max-lg:hidden">
      <summary className={`${controlClass} min-h-9 bg-panel cursor-pointer list-none`}>
        Columns
      </summary>
      <fieldset className="absolute z-20 mt-1 flex min-w-40 flex-col gap-2 rounded-md border border-control bg-panel p-3 text-sm shadow-lg">
        <legend className="sr-only">Columns</legend>
        {columns.map((column) => (
          <label key={column} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={parameters.columns.includes(column)}
              onChange={() => onChange({ columns: toggled(columns, parameters.columns, column) })}
            />
            {column === "lane" ? "Timeline" : columnFaces[column].word}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
