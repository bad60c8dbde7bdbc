import { memo, type ReactNode } from "react";
import { type OutcomeKind, outcomeKinds } from "../../../contract/runs.ts";
import { controlClass } from "../../shell/Controls.tsx";
import { isNarrowed, type RunsParameters } from "./parameters.ts";

type RunsToolsProperties = {
  readonly parameters: RunsParameters;
  readonly onChange: (change: Partial<RunsParameters>) => void;
};

const outcomeWords = {
  "in-flight": "in flight",
  proven: "upgraded",
  unproven: "not proven",
  "not-committed": "not committed",
  superseded: "end not heard, or abandoned",
} as const satisfies Record<OutcomeKind, string>;

/** Search and filters; all of it is in the address, so that it can be handed on. */
export const RunsTools = memo(function RunsTools({
  parameters,
  onChange,
}: RunsToolsProperties): ReactNode {
  const { search, outcome, fromDay, toDay } = parameters;
  const tool = `${controlClass} min-h-9 gap-1.5 bg-panel`;
  return (
    <search className="flex flex-wrap items-center gap-2.5">
      <input
        type="search"
        aria-label="Search cluster or version"
        placeholder="Search cluster or version"
        value={search}
        onChange={(event) => onChange({ search: event.target.value })}
        className="min-h-9 w-full rounded-md border border-control bg-panel px-3 text-sm text-text placeholder:text-muted sm:w-72"
      />
      <label className={tool}>
        Outcome
        <select
          value={outcome ?? ""}
          onChange={({ target }) =>
            onChange({ outcome: outcomeKinds.find((kind) => kind === target.value) ?? null })
          }
          className="bg-panel text-text"
        >
          <option value="">all</option>
          {outcomeKinds.map((kind) => (
            <option key={kind} value={kind}>
              {outcomeWords[kind]}
            </option>
          ))}
        </select>
      </label>
      <Day label="From" value={fromDay} onChange={(day) => onChange({ fromDay: day })} />
      <Day label="To" value={toDay} onChange={(day) => onChange({ toDay: day })} />
      {isNarrowed(parameters) && (
        <button
          type="button"
          className={tool}
          onClick={() => onChange({ search: "", outcome: null, fromDay: null, toDay: null })}
        >
          Show all
        </button>
      )}
    </search>
  );
});

type DayProperties = {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
};

function Day({ label, value, onChange }: DayProperties): ReactNode {
  return (
    <label className={`${controlClass} min-h-9 gap-1.5 bg-panel`}>
      {label}
      <input
        type="date"
        value={value ?? ""}
        onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
        className="bg-panel text-text"
      />
    </label>
  );
}
