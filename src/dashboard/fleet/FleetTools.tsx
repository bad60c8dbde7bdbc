import { memo, type ReactNode, Suspense } from "react";
import { controlClass } from "../shell/Controls.tsx";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { type FleetParameters, isFiltered, laneHours } from "./parameters.ts";
import type { Offers } from "./select.ts";

// Nobody needs it before the first rows are there.
const ColumnsChoice = lazyPart("columns", async () => import("./ColumnsChoice.tsx"));

type FleetToolsProperties = {
  readonly parameters: FleetParameters;
  readonly offers: Offers;
  readonly onChange: (change: Partial<FleetParameters>) => void;
};

/** Search, filters, grouping and columns; all of it is in the address, so that it can be handed on. */
export const FleetTools = memo(function FleetTools({
  parameters,
  offers,
  onChange,
}: FleetToolsProperties): ReactNode {
  const { search, version, type, group, hours } = parameters;
  return (
    <search className="flex flex-wrap items-center gap-2.5">
      <input
        type="search"
        aria-label="Search name, version, error, label"
        placeholder="Search name, version, error"
        value={search}
        onChange={(event) => onChange({ search: event.target.value })}
        className="min-h-9 w-full rounded-md border border-control bg-panel px-3 text-sm text-text placeholder:text-muted sm:w-72"
      />
      <Select
        label="Group"
        usual="none"
        value={group}
        options={offers.labels.map((label) => ({ value: label, word: label }))}
        onChoose={(chosen) => onChange({ group: chosen })}
      />
      <Select
        label="Version"
        usual="all"
        value={version}
        options={offers.versions.map((each) => ({ value: each, word: each }))}
        onChoose={(chosen) => onChange({ version: chosen })}
      />
      <Select
        label="Type"
        usual="all"
        value={type}
        options={offers.types.map((each) => ({ value: each, word: typeWord(each) }))}
        onChoose={(chosen) => onChange({ type: chosen })}
      />
      <label className={`${controlClass} min-h-9 bg-panel gap-1.5`}>
        Last
        <select
          value={hours}
          onChange={(event) => onChange({ hours: Number(event.target.value) })}
          className="bg-panel text-text"
        >
          {laneHours.map((each) => (
            <option key={each} value={each}>
              {hoursWord(each)}
            </option>
          ))}
        </select>
      </label>
      <Suspense>
        <ColumnsChoice parameters={parameters} onChange={onChange} />
      </Suspense>
      {isFiltered(parameters) && (
        <button
          type="button"
          className={`${controlClass} min-h-9 bg-panel`}
          onClick={() => onChange({ search: "", verdicts: [], version: null, type: null })}
        >
          Show all
        </button>
      )}
    </search>
  );
});

/** `6 h`, `7 d`. */
export function hoursWord(hours: number): string {
  return hours > 24 ? `${hours / 24} d` : `${hours} h`;
}

/** `SOFTWARE_AND_PLATFORM` as people say it. */
function typeWord(type: string): string {
  return type.toLocaleLowerCase("en").replaceAll("_", " ");
}

type SelectProperties = {
  readonly label: string;
  /** What the choice of nothing is called. */
  readonly usual: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly word: string }[];
  readonly onChoose: (value: string | null) => void;
};

/** A choice that stays in sight while it is made, even where no cluster fits it any more. */
function Select({ label, usual, value, options, onChoose }: SelectProperties): ReactNode {
  const isGone = value !== null && options.every((option) => option.value !== value);
  const offered = isGone ? [...options, { value, word: value }] : options;
  return offered.length === 0 ? null : (
    <label className={`${controlClass} min-h-9 bg-panel gap-1.5`}>
      {label}
      <select
        value={value ?? ""}
        onChange={({ target }) => onChoose(target.value === "" ? null : target.value)}
        className="max-w-40 bg-panel text-text"
      >
        <option value="">{usual}</option>
        {offered.map((option) => (
          <option key={option.value} value={option.value}>
            {option.word}
          </option>
        ))}
      </select>
    </label>
  );
}
