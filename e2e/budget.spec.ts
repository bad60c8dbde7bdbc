/** What a browser must load before it shows something, by bytes: those do not vary with the machine. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import * as z from "zod/mini";

const page = join(import.meta.dirname, "..", "dist", "page");
const chunk = z.object({
  file: z.string(),
  imports: z.optional(z.array(z.string())),
  dynamicImports: z.optional(z.array(z.string())),
});
const kilobyte = 1000;

let manifest = new Map<string, z.output<typeof chunk>>();
let first = new Set<string>();

test.beforeAll(() => {
  const text = readFileSync(join(page, ".vite", "manifest.json"), "utf8");
  manifest = new Map(Object.entries(z.record(z.string(), chunk).parse(JSON.parse(text))));
  first = withImports("index.html");
});

/** A chunk and all that it needs before it runs. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  const found = manifest.get(name);
  if (found !== undefined && !seen.has(name)) {
    seen.add(name);
    for (const needed of found.imports ?? []) {
      withImports(needed, seen);
    }
  }
  return seen;
}

function compressedBytes(files: Iterable<string>): number {
  let bytes = 0;
  for (const file of new Set(files)) {
    bytes += gzipSync(readFileSync(join(page, file)), { level: 9 }).length;
  }
  return bytes;
}

const filesOf = (names: Iterable<string>): string[] =>
  [...names].flatMap((name) => manifest.get(name)?.file ?? []);

/** The chunks that are loaded when the address demands them; the chart comes with all that follows the first paint. */
const dynamicOf = (names: Iterable<string>): string[] =>
  [...names].flatMap((name) => manifest.get(name)?.dynamicImports ?? []);
const later = (): string[] => {
  const pages = dynamicOf(first);
  return [...pages, ...dynamicOf(pages.filter((name) => name.endsWith("/morePages.tsx")))];
};
const isChart = (name: string): boolean => name.endsWith("/afterFirstPaint.ts");

test("every page's first view needs at most 110 kB of compressed JavaScript", () => {
  for (const page of [undefined, ...later().filter((name) => !isChart(name))]) {
    const needed = page === undefined ? first : withImports(page, new Set(first));
    const bytes = compressedBytes(filesOf(needed));
    expect(bytes, page).toBeGreaterThan(20 * kilobyte);
    expect(bytes, page).toBeLessThanOrEqual(110 * kilobyte);
  }
});

test("the chart's own chunk comes later and has at most 115 kB", () => {
  const names = new Set([...manifest.keys()].filter(isChart));
  expect(names.size).toBe(1);
  const own = filesOf([...names].flatMap((name) => [...withImports(name)]));
  const there = filesOf(withImports("src/dashboard/cluster/ClusterPage.tsx", new Set(first)));
  const bytes = compressedBytes(own.filter((file) => !there.includes(file)));
  expect(bytes, "the chart's library is in it").toBeGreaterThan(60 * kilobyte);
  expect(bytes).toBeLessThanOrEqual(115 * kilobyte);
});

test("the styles have at most 12 kB", () => {
  const styles = [...manifest.values()]
    .map(({ file }) => file)
    .filter((file) => file.endsWith(".css"));
  expect(styles.length).toBeGreaterThan(0);
  expect(compressedBytes(styles)).toBeLessThanOrEqual(12 * kilobyte);
});
