/** Prints one table when all benchmarks are done, and keeps it in `bench/results.json`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import * as z from "zod/mini";
import { annotationType, type Row, rowOf, table } from "./figures.ts";

const resultsFile = join(import.meta.dirname, "results.json");
const kept = z.object({ benches: z.record(z.string(), z.array(z.unknown())) });

/** The rows of each file of benchmarks: those that ran replace what they found before, the others keep theirs. */
export default class TableReporter implements Reporter {
  readonly #found = new Map<string, Row[]>();

  onTestEnd({ location }: TestCase, { annotations }: TestResult): void {
    const file = location.file.slice(import.meta.dirname.length + 1);
    const rows = annotations
      .filter(({ type }) => type === annotationType)
      .map(({ description = "null" }) => rowOf(JSON.parse(description)))
      .filter((row) => row !== null);
    this.#found.set(file, [...(this.#found.get(file) ?? []), ...rows]);
  }

  onEnd(): void {
    const benches = new Map([...earlier(), ...this.#found]);
    const files = [...benches.keys()].filter((file) => existsSync(join(import.meta.dirname, file)));
    const sorted = new Map(files.toSorted().map((file) => [file, benches.get(file) ?? []]));
    const measured = { at: new Date().toISOString(), node: process.version, cores: cpus().length };
    const results = { measured, benches: Object.fromEntries(sorted) };
    writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
    process.stdout.write(`\n${table([...sorted.values()].flat())}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

function earlier(): Map<string, Row[]> {
  try {
    const { benches } = kept.parse(JSON.parse(readFileSync(resultsFile, "utf8")));
    return new Map(
      Object.entries(benches).map(([file, rows]) => [
        file,
        rows.map(rowOf).filter((row) => row !== null),
      ]),
    );
  } catch {
    // The first benchmarks of all, or a file of another form: the table begins anew.
    return new Map();
  }
}
