/** Two upgrades side by side, in words. "A" is the one that the page is about, "B" the other. */
import type { RunDetail } from "../../../contract/runs.ts";
import { compareRuns } from "../../../upgrade/comparison/compare.ts";
import type { Difference, Length } from "../../../upgrade/comparison/length.ts";
import { measuredWords, secondMs } from "../../../upgrade/duration.ts";
import { stateWord } from "../../../upgrade/status.ts";
import { linkWords } from "../../../upgrade/words/link.ts";
import { settingRows } from "../../../upgrade/words/settings.ts";
import { atLeast, atMost, shortDuration } from "../../timeline/words/shortDuration.ts";

/** A line of the table. */
export type AgainstRow = {
  readonly key: string;
  readonly what: string;
  readonly first: string;
  readonly second: string;
  readonly difference: string;
};

const none = "—";
const waitWords = { person: "Waited for a person", nodes: "Waited for nodes" } as const;

/** How long the whole and each state took, and who was waited for. */
export function lengthRows(first: RunDetail, second: RunDetail): readonly AgainstRow[] {
  const { states, total, waits } = compareRuns(first, second);
  const named = [
    ...states.map((each) => ({ ...each, what: stateWord(each.what) })),
    ...waits.map((each) => ({ ...each, what: waitWords[each.what] })),
    { ...total, what: "All of it" },
  ];
  return named.map(({ what, difference, ...lengths }) => ({
    key: what,
    what,
    first: lengthWords(lengths.first),
    second: lengthWords(lengths.second),
    difference: difference === null ? none : differenceWords(difference),
  }));
}

/** What else differs: absences, errors and settings. */
export function otherRows(first: RunDetail, second: RunDetail): readonly AgainstRow[] {
  const { absences, settings } = compareRuns(first, second);
  const [ofFirst, ofSecond] = [settingRows(first.settings), settingRows(second.settings)];
  const valueIn = (rows: typeof ofFirst, name: string): string =>
    rows.find(({ apiName }) => apiName === name)?.value ?? none;
  return [
    ...absences.map(({ kind, firstMs, secondMs }) => ({
      key: kind,
      what: kind === "missed" ? "Single polls missed" : linkWords[kind],
      first: firstMs === 0 ? none : shortDuration(firstMs),
      second: secondMs === 0 ? none : shortDuration(secondMs),
      difference: firstMs > 0 && secondMs > 0 ? "both" : firstMs > 0 ? "only A" : "only B",
    })),
    countRow("Errors", first.errors.length, second.errors.length),
    countRow("Oddities", first.anomalies.length, second.anomalies.length),
    ...(settings ?? []).map(({ name }) => ({
      key: name,
      what: ofFirst.find(({ apiName }) => apiName === name)?.label ?? name,
      first: valueIn(ofFirst, name),
      second: valueIn(ofSecond, name),
      difference: "set otherwise",
    })),
  ];
}

function countRow(what: string, first: number, second: number): AgainstRow {
  const more = Math.abs(first - second);
  return {
    key: what,
    what,
    first: String(first),
    second: String(second),
    difference: more === 0 ? "as many" : `${more} ${first > second ? "more" : "fewer"}`,
  };
}

/** How long something lasted, with how far that is known. */
export function lengthWords(length: Length | null): string {
  if (length === null) {
    return none;
  }
  const { ms, leastMs, mostMs, exact, open } = length;
  if (open) {
    return `${shortDuration(ms)} so far`;
  }
  if (exact) {
    return shortDuration(ms);
  }
  if (mostMs === null) {
    return atLeast(leastMs);
  }
  return leastMs === 0 ? atMost(mostMs) : `${shortDuration(leastMs)} to ${shortDuration(mostMs)}`;
}

/** What is certain of a difference; what may be none is told as that. */
export function differenceWords(difference: Difference): string {
  switch (difference.kind) {
    case "longer":
    case "shorter": {
      const { kind, ms, leastMs, mostMs, exact } = difference;
      if (exact) {
        return `${measuredWords(ms)} ${kind}`;
      }
      // Where the bounds read the same, the figure says it all.
      const [least, most] = [measuredWords(leastMs), mostMs === null ? null : upTo(mostMs)];
      return most === null
        ? `at least ${least} ${kind}`
        : `${least === most ? least : `${least} to ${most}`} ${kind}`;
    }
    case "same":
      return `the same to within ${upTo(difference.withinMs)}`;
    case "unclear": {
      const { shorterByMs, longerByMs } = difference;
      const bounds = [
        shorterByMs === null ? [] : [`at most ${upTo(shorterByMs)} shorter`],
        longerByMs === null ? [] : [`at most ${upTo(longerByMs)} longer`],
      ].flat();
      return bounds.length === 0 ? "not known" : `may be none: ${bounds.join(", ")}`;
    }
    case "only-first":
      return "only A";
    case "only-second":
      return "only B";
  }
}

/** A bound is never told smaller than it is. */
function upTo(ms: number): string {
  return measuredWords(Math.ceil(ms / secondMs) * secondMs);
}
