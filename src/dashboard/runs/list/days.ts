import type { RunSummary } from "../../../contract/runs.ts";
import { dayName } from "../../ui/dayName.ts";

/** The upgrades that began on one day. */
export type RunDay = {
  /** `Monday 23 November 2026`. */
  readonly name: string;
  readonly runs: readonly RunSummary[];
};

/**
 * Groups upgrades by the day on which they began, in the order that they come in.
 *
 * @param runs newest first
 * @param zone whose days
 */
export function daysOf(runs: readonly RunSummary[], zone: string): readonly RunDay[] {
  const days: { name: string; runs: RunSummary[] }[] = [];
  for (const run of runs) {
    const name = dayName(run.from, zone);
    const last = days.at(-1);
    if (last?.name === name) {
      last.runs.push(run);
    } else {
      days.push({ name, runs: [run] });
    }
  }
  return days;
}
