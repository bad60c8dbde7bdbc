/** The check of docs/faults.md must be able to fail. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { faultsOfPage } from "../.ci/faults.mjs";

const page = readFileSync(join(import.meta.dirname, "..", "docs", "faults.md"), "utf8");
const row =
  "| N1 | A node | It holds. | `src/x.spec.ts` › one test<br>`src/x.spec.ts` › many … |\n";
const ran = (title: string, passed = true) => ({ file: "src/x.spec.ts", title, passed });
const faultsOfRow = (results: Parameters<typeof faultsOfPage>[1], text = row): string[] =>
  faultsOfPage(text, results).filter((fault) => fault.startsWith("N1"));

test("a page whose rows are all proven is right, and one without a row is not", () => {
  expect(faultsOfRow([ran("one test"), ran("many 1"), ran("many 2")])).toEqual([]);
  const without = page.replace(/^\| T4 .*\n/m, "");
  expect(faultsOfPage(without, [])).toContain("docs/faults.md has no row T4.");
});

test("a test that did not run, one that failed and a row without words are told", () => {
  expect(faultsOfRow([ran("one test")])).toEqual(['N1: no test "many …" ran in src/x.spec.ts.']);
  expect(faultsOfRow([ran("one test", false), ran("many 1")])).toEqual([
    'N1: "one test" of src/x.spec.ts did not pass.',
  ]);
  expect(faultsOfRow([], "| N1 | A node |  |  |\n")).toEqual([
    "N1 does not say what holds.",
    "N1 names no test.",
  ]);
});
