/** What the address of a list of upgrades says. */
import { type OutcomeKind, outcomeKinds } from "../../../contract/runs.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { zonedMoment } from "../../shell/zonedMoment.ts";

/** Which upgrades are shown. */
export type RunsParameters = {
  /** As typed. */
  readonly search: string;
  readonly outcome: OutcomeKind | null;
  /** The first and the last day, `2026-11-23`; null where it is open. */
  readonly fromDay: string | null;
  readonly toDay: string | null;
};

/** Reads an address; what is malformed is ignored. */
export function runsParameters(address: URLSearchParams): RunsParameters {
  const outcome = address.get("outcome");
  return {
    search: address.get("q") ?? "",
    outcome: outcomeKinds.find((kind) => kind === outcome) ?? null,
    fromDay: dayOf(address.get("from")),
    toDay: dayOf(address.get("to")),
  };
}

/** The address for some parameters; what belongs to others stays in it. */
export function withRunsParameters(before: URLSearchParams, next: RunsParameters): URLSearchParams {
  const address = new URLSearchParams(before);
  const values = { q: next.search, outcome: next.outcome, from: next.fromDay, to: next.toDay };
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === "") {
      address.delete(name);
    } else {
      address.set(name, value);
    }
  }
  return address;
}

/** Whether some upgrades may be left out. */
export function isNarrowed({ search, outcome, fromDay, toDay }: RunsParameters): boolean {
  return search.trim() !== "" || outcome !== null || fromDay !== null || toDay !== null;
}

/** The moments between which the days of an address lie, in a zone: from the first's start to the last's end. */
export function momentsOf(
  { fromDay, toDay }: Pick<RunsParameters, "fromDay" | "toDay">,
  zone: string,
): { readonly from: EpochMs | null; readonly to: EpochMs | null } {
  const from = fromDay === null ? null : zonedMoment(`${fromDay}T00:00`, zone);
  const last = toDay === null ? null : zonedMoment(`${toDay}T23:59`, zone);
  const to = last === null ? null : last + 59_999;
  // A range that ends before it begins is no range.
  return from !== null && to !== null && from > to ? { from, to: null } : { from, to };
}

const day = /^\d{4}-\d\d-\d\d$/;

function dayOf(text: string | null): string | null {
  return text !== null && day.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}
