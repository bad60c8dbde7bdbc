/** What a benchmark found, against what is to be reached. */
import { test } from "@playwright/test";
import * as z from "zod/mini";

const statistics = ["median", "p95", "p99", "most"] as const;
/** Which figure of several values a target is about: `most` is the greatest of all. */
export type Statistic = (typeof statistics)[number];

/** What is to be reached, in the unit of the measurement. */
export type Target = { readonly of: Statistic } & (
  | { readonly below: number }
  | { readonly atMost: number }
  | { readonly atLeast: number }
);

/** Several measured values of one thing. */
export type Measurement = {
  /** What was measured, at what scale: the same words never name two things. */
  readonly what: string;
  readonly unit: "ms" | "kB" | "MB" | "GB" | "µs" | "%" | "×" | "";
  readonly values: readonly number[];
  /** Null where the figure is only told, e.g. for comparison. */
  readonly target: Target | null;
  /** In a few words what makes up the figure, and what is not in it. */
  readonly how: string;
};

/** Something that could not be measured here, and why, e.g. "Prometheus is not installed". */
export type Unmeasured = Pick<Measurement, "what" | "target"> & { readonly why: string };

const schema = z.object({
  what: z.string(),
  unit: z.string(),
  runs: z.number(),
  figures: z.nullable(z.record(z.enum(statistics), z.number())),
  target: z.nullable(z.string()),
  /** The figure as a part of its target: below 1 it is reached where less is better. */
  ratio: z.nullable(z.number()),
  /** Null where nothing was to be reached, or nothing could be measured. */
  reached: z.nullable(z.boolean()),
  how: z.string(),
});
/** One row of the table and of `bench/results.json`. */
export type Row = z.output<typeof schema>;

/** Adds a measurement to the table that is printed when all benchmarks are done. */
export function report({ what, unit, values, target, how }: Measurement): void {
  const figures = {
    median: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    p99: quantile(values, 0.99),
    most: quantile(values, 1),
  };
  add({
    what,
    unit,
    runs: values.length,
    figures,
    target: target === null ? null : targetWords(target, unit),
    ratio: target === null ? null : toThree(figures[target.of] / limitOf(target)),
    reached: target === null ? null : isReached(target, figures[target.of]),
    how,
  });
}

/** Adds a row that says why there is no figure. */
export function reportUnmeasured({ what, target, why }: Unmeasured): void {
  const words = target === null ? null : targetWords(target, "");
  const nothing = { unit: "", runs: 0, figures: null, ratio: null, reached: null };
  add({ what, ...nothing, target: words, how: why });
}

/** The value that this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return toThree(sorted[Math.max(0, index)] ?? 0);
}

/** The kind of the annotation by which a row travels from a benchmark to the reporter of all. */
export const annotationType = "row";

/** A row as a benchmark annotated it, or as it was kept in a file; null where it is none. */
export function rowOf(content: unknown): Row | null {
  const parsed = schema.safeParse(content);
  return parsed.success ? parsed.data : null;
}

/** All rows as a table in Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ what, unit, runs, figures, target, ratio, reached }) => {
    const shown = statistics.map((name) =>
      figures === null ? "–" : `${figures[name]} ${unit}`.trimEnd(),
    );
    const word = reached === null ? "–" : reached ? "yes" : "no";
    const cells = [what, runs, ...shown, target ?? "–", ratio === null ? "–" : `${ratio}×`, word];
    return `| ${cells.join(" | ")} |`;
  });
  const head = ["what", "runs", ...statistics, "to reach", "figure ÷ target", "reached"];
  const notes = rows.map(({ what, how }) => `- ${what}: ${how}`);
  return [
    `| ${head.join(" | ")} |`,
    `| ${head.map(() => "---").join(" | ")} |`,
    ...lines,
    "",
    ...notes,
  ].join("\n");
}

function add(row: Row): void {
  test.info().annotations.push({ type: annotationType, description: JSON.stringify(row) });
  const { what, unit, figures, how } = row;
  const words =
    figures === null ? how : statistics.map((name) => `${name} ${figures[name]}`).join(", ");
  process.stdout.write(`\n${what}: ${words} ${figures === null ? "" : unit}\n`);
}

function targetWords(target: Target, unit: string): string {
  const sign = "below" in target ? "<" : "atMost" in target ? "≤" : "≥";
  return `${target.of} ${sign} ${limitOf(target)} ${unit}`.trimEnd();
}

function limitOf(target: Target): number {
  return "below" in target ? target.below : "atMost" in target ? target.atMost : target.atLeast;
}

function isReached(target: Target, figure: number): boolean {
  const limit = limitOf(target);
  return "below" in target
    ? figure < limit
    : "atMost" in target
      ? figure <= limit
      : figure >= limit;
}

/** Three digits are more than any of these measurements can tell apart. */
function toThree(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
