import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod/mini";

/** What a benchmark found: several runs of one thing, in one unit. */
export type Figures = {
  readonly name: string;
  readonly unit: "ms" | "kB" | "MB" | "µs" | "%" | "×";
  readonly values: readonly number[];
  /** What is to be reached, in words. */
  readonly goal: string;
};

const file = join(import.meta.dirname, "results.json");
const row = z.object({
  name: z.string(),
  unit: z.string(),
  runs: z.number(),
  median: z.number(),
  p95: z.number(),
  goal: z.string(),
});
type Row = z.output<typeof row>;

/** Prints figures as a row of the table, and keeps them in `bench/results.json` beside the others. */
export function report({ name, unit, values, goal }: Figures): void {
  const made: Row = {
    name,
    unit,
    runs: values.length,
    median: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    goal,
  };
  const rows = [...earlier().filter((other) => other.name !== name), made];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  process.stdout.write(`\n${table(rows)}\n`);
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return Math.round((sorted[Math.max(0, index)] ?? 0) * 10) / 10;
}

function earlier(): readonly Row[] {
  try {
    return z.array(row).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // The first benchmark of all, or a file of another form: the table begins anew.
    return [];
  }
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ name, runs, median, p95, unit, goal }) =>
      `| ${name} | ${runs} | ${median} ${unit} | ${p95} ${unit} | ${goal} |`,
  );
  return [
    "| what | runs | median | p95 | to reach |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
