import { type Verdict, verdicts } from "../../upgrade/verdictNames.ts";

/** A column beside the cluster's name and what it does now, which are always there. */
export const columns = ["for", "version", "lane", "expected", "heard"] as const;
export type Column = (typeof columns)[number];

/** How far back the lanes may reach, in hours. */
export const laneHours = [1, 6, 24, 168] as const;

/** What the fleet's address says: which clusters, how they are grouped, and what is shown of each. */
export type FleetParameters = {
  /** As typed; every word in it must be found. */
  readonly search: string;
  /** Only these; empty for all. */
  readonly verdicts: readonly Verdict[];
  readonly version: string | null;
  /** The cluster's own word, e.g. `SOFTWARE_ONLY`. */
  readonly type: string | null;
  /** The label by which clusters are grouped; null for one list. */
  readonly group: string | null;
  readonly columns: readonly Column[];
  readonly hours: number;
};

/** What an empty address means. */
export const defaultParameters: FleetParameters = {
  search: "",
  verdicts: [],
  version: null,
  type: null,
  group: null,
  columns,
  hours: 6,
};

/** Reads an address; what is malformed is ignored, so that an old or mangled link still shows the fleet. */
export function fleetParameters(search: URLSearchParams): FleetParameters {
  const shown = search.get("columns");
  const hours = Number(search.get("hours"));
  return {
    search: search.get("q") ?? "",
    verdicts: among(verdicts, search.get("verdict")),
    version: word(search.get("version")),
    type: word(search.get("type")),
    group: word(search.get("group")),
    columns: shown === null ? columns : among(columns, shown),
    hours: laneHours.find((known) => known === hours) ?? defaultParameters.hours,
  };
}

/** The address for some parameters; what is not of the fleet's stays in it, and what is usual is left out. */
export function withParameters(before: URLSearchParams, next: FleetParameters): URLSearchParams {
  const address = new URLSearchParams(before);
  const values = {
    q: next.search,
    verdict: next.verdicts.join(","),
    version: next.version ?? "",
    type: next.type ?? "",
    group: next.group ?? "",
    hours: next.hours === defaultParameters.hours ? "" : String(next.hours),
  };
  for (const [name, value] of Object.entries(values)) {
    if (value === "") {
      address.delete(name);
    } else {
      address.set(name, value);
    }
  }
  if (next.columns.length === columns.length) {
    address.delete("columns");
  } else {
    address.set("columns", next.columns.join(","));
  }
  return address;
}

/** Whether some clusters may be left out. */
export function isFiltered({ search, verdicts: chosen, version, type }: FleetParameters): boolean {
  return search.trim() !== "" || chosen.length > 0 || version !== null || type !== null;
}

/** A list with one entry put in or taken out, in the order of all. */
export function toggled<Entry>(
  all: readonly Entry[],
  chosen: readonly Entry[],
  entry: Entry,
): readonly Entry[] {
  return all.filter((each) => chosen.includes(each) !== (each === entry));
}

function among<Entry extends string>(known: readonly Entry[], text: string | null) {
  const named = new Set((text ?? "").split(","));
  return known.filter((entry) => named.has(entry));
}

function word(text: string | null): string | null {
  const trimmed = (text ?? "").trim();
  return trimmed === "" ? null : trimmed;
}
