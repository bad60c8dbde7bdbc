/** What a soak has measured, against its limits. */
import { lastTwoThirds, median, type Reading, theilSen } from "./slope.ts";

/** All that a soak has noted. */
export type Findings = {
  readonly isLong: boolean;
  /** By measure: readings over the whole soak. */
  readonly series: ReadonlyMap<string, readonly Reading[]>;
  /** What is counted once, at its end. */
  readonly counts: readonly Count[];
};

/** A figure with its own limit. */
export type Count = {
  readonly measure: string;
  readonly value: number;
  /** The most that is allowed, or the least; undefined where it is only told. */
  readonly most?: number;
  readonly least?: number;
  readonly unit?: string;
};

/** One line of the table. */
export type Row = {
  readonly measure: string;
  readonly found: string;
  readonly limit: string;
  readonly isPassed: boolean;
};

const pollsIn30Days = {
  /** A page asks its server once a second. */
  tab: 30 * 86_400,
  /** Four clusters, each every 20 s. */
  server: (4 * 30 * 86_400) / 20,
};
const megabyte = 1e6;
/**
 * What grows in a short soak without a leak: code is compiled, caches and the history's own memory fill. One answer that is
 * kept is some thousand bytes.
 */
const warmUpBytes = 1.5e6;
const usualBytesPerPoll = 1000;
/** One node that is added at each poll is five times as much, and a third of that between the two thirds compared. */
const nodesPerPoll = 0.2;

/**
 * How a series is judged: by its growth in thirty days; by its drift, which is how much the least of the second half is above
 * the least of the first, as what is shown or under way comes and goes, while a leak lifts the least too; by its rise, which
 * is how much the least of the last third is above the most of the first; or by its height, which says nothing on a machine
 * that does other things besides, as in the short form.
 */
type Rule = {
  readonly of: RegExp;
  readonly growthBytes?: number;
  /** How much of that a short soak may have for each poll, beside what fills in the beginning. */
  readonly bytesPerPoll?: number;
  /** Whether it is told only in a soak that is too short for that. */
  readonly isSlow?: boolean;
  readonly drift?: number;
  readonly rise?: number;
  readonly height?: number;
  /** Whether the height is that of the median, not of the most. */
  readonly isOfMedian?: boolean;
  readonly unit?: string;
};

const rules: readonly Rule[] = [
  { of: /^tab \d: heap$/, growthBytes: 20 * megabyte },
  { of: /^tab \d: nodes kept outside of it$/, drift: 20 },
  // How many the picture needs goes up and down with what it tells.
  { of: /^tab \d: nodes of the document$/, rise: 20 },
  { of: /^tab \d: listeners$/, drift: 2 },
  { of: /^tab \d: documents$/, drift: 0 },
  { of: /^tab \d: questions under way$/, drift: 1 },
  { of: /^server: heap$/, growthBytes: 30 * megabyte },
  // No code and no history lies in those: what is kept of a reply shows at once, though it is small.
  { of: /^server: buffers$/, growthBytes: 10 * megabyte, bytesPerPoll: 0 },
  // Resident memory goes up and down with garbage that waits to be collected; what is kept lifts its least.
  { of: /^server: memory, its least$/, growthBytes: 30 * megabyte, isSlow: true },
  { of: /^server: memory, its most$/, height: 200 * megabyte },
  // Of these, some come and go with every poll.
  { of: /^server: open files$/, drift: 3 },
  { of: /^server: (handles|timers)$/, drift: 15 },
  { of: /^server: event loop p99$/, height: 50, isOfMedian: true, unit: "ms" },
  { of: /^disk: history$/, height: 22 * megabyte },
];

/** The table's rows. */
export function judge({ isLong, series, counts }: Findings): readonly Row[] {
  const ofSeries = [...series].flatMap(([measure, readings]) =>
    rules
      .filter(({ of }) => of.test(measure))
      .flatMap((rule) => rowsOf(measure, lastTwoThirds(readings), rule, isLong)),
  );
  return [...ofSeries, ...counts.map(rowOf)];
}

function rowsOf(measure: string, readings: readonly Reading[], rule: Rule, isLong: boolean): Row[] {
  const rows = [growthRow, driftRow, riseRow, heightRow].flatMap(
    (rowBy) => rowBy(measure, readings, rule, isLong) ?? [],
  );
  // What was not measured is not proven.
  return readings.length < 3 || readings.some(({ value }) => Number.isNaN(value))
    ? rows.map((row) => ({ ...row, found: `only ${readings.length} readings`, isPassed: false }))
    : rows;
}

/** One line by one part of a rule; null where the rule does not have that part. */
type RowBy = (
  measure: string,
  readings: readonly Reading[],
  rule: Rule,
  isLong: boolean,
) => Row | null;

const growthRow: RowBy = (measure, readings, rule, isLong) => {
  const { growthBytes, bytesPerPoll = usualBytesPerPoll, isSlow = false } = rule;
  if (growthBytes === undefined || (isSlow && !isLong)) {
    return null;
  }
  const slope = theilSen(readings);
  if (isLong) {
    const polls = measure.startsWith("tab") ? pollsIn30Days.tab : pollsIn30Days.server;
    const projected = slope * polls;
    const found = `${signed(slope, 2)} B a poll, ${signed(projected / megabyte, 1)} MB in 30 days`;
    const limit = `+${growthBytes / megabyte} MB in 30 days`;
    return { measure, found, limit, isPassed: projected <= growthBytes };
  }
  const polls = pollsIn(readings);
  const grown = slope * polls;
  const limitBytes = warmUpBytes + bytesPerPoll * polls;
  const found = `${signed(grown / megabyte, 2)} MB in ${polls} polls`;
  const limit = `+${(limitBytes / megabyte).toFixed(2)} MB`;
  return { measure, found, limit, isPassed: grown <= limitBytes };
};

const driftRow: RowBy = (measure, readings, { drift }) => {
  if (drift === undefined) {
    return null;
  }
  const values = readings.map(({ value }) => value);
  const half = Math.floor(values.length / 2);
  const [before, after] = [Math.min(...values.slice(0, half)), Math.min(...values.slice(half))];
  const found = `${before} to ${after} at least`;
  return { measure, found, limit: `+${drift}`, isPassed: after - before <= drift };
};

const riseRow: RowBy = (measure, readings, { rise }, isLong) => {
  if (rise === undefined) {
    return null;
  }
  const values = readings.map(({ value }) => value);
  const third = Math.ceil(values.length / 3);
  const [before, after] = [Math.max(...values.slice(0, third)), Math.min(...values.slice(-third))];
  const found = `${before} at most, then ${after} at least`;
  // In a short soak the picture may be a larger one at its end than it ever was before.
  const most = rise + (isLong ? 0 : Math.round(nodesPerPoll * pollsIn(readings)));
  return { measure, found, limit: `+${most}`, isPassed: after - before <= most };
};

const heightRow: RowBy = (measure, readings, { height, isOfMedian = false, unit = "" }, isLong) => {
  if (height === undefined) {
    return null;
  }
  const values = readings.map(({ value }) => value);
  const most = isOfMedian ? median(values) : Math.max(...values);
  const words = (value: number): string =>
    unit === "" ? `${(value / megabyte).toFixed(1)} MB` : `${value.toFixed(1)} ${unit}`;
  return {
    measure,
    found: `${words(most)} at ${isOfMedian ? "the median" : "most"}`,
    limit: isLong ? `< ${words(height)}` : "told only",
    isPassed: !isLong || most < height,
  };
};

function pollsIn(readings: readonly Reading[]): number {
  return (readings.at(-1)?.polls ?? 0) - (readings[0]?.polls ?? 0);
}

function rowOf({ measure, value, most, least, unit = "" }: Count): Row {
  const limits = [
    ...(most === undefined ? [] : [`≤ ${most}${unit}`]),
    ...(least === undefined ? [] : [`≥ ${least}${unit}`]),
  ];
  return {
    measure,
    found: `${Number.isInteger(value) ? value : value.toFixed(2)}${unit}`,
    limit: limits.length === 0 ? "told only" : limits.join(", "),
    isPassed: value <= (most ?? Infinity) && value >= (least ?? -Infinity),
  };
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(digits)}`;
}

/** The rows as a table for people. */
export function tableOf(rows: readonly Row[]): string {
  const width = (pick: (row: Row) => string): number =>
    Math.max(...rows.map((row) => pick(row).length));
  const widths = [width(({ measure }) => measure), width(({ found }) => found)] as const;
  return rows
    .map(
      ({ measure, found, limit, isPassed }) =>
        `${isPassed ? "passed" : "FAILED"}  ${measure.padEnd(widths[0])}  ${found.padEnd(widths[1])}  ${limit}`,
    )
    .join("\n");
}
