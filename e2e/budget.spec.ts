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
  css: z.optional(z.array(z.string())),
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

test("the first view needs at most 110 kB of compressed JavaScript", () => {
  const bytes = compressedBytes(filesOf(first));
  expect(bytes).toBeGreaterThan(20 * kilobyte);
  expect(bytes).toBeLessThanOrEqual(110 * kilobyte);
});

test("the chart's own chunk comes later and has at most 115 kB", () => {
  const later = [...first].flatMap((name) => manifest.get(name)?.dynamicImports ?? []);
  expect(later.length, "chunks that are loaded later").toBeGreaterThan(0);
  const files = later.flatMap((name) => filesOf(withImports(name)));
  const own = files.filter((file) => !filesOf(first).includes(file));
  const bytes = compressedBytes(own);
  expect(bytes, "the chart's library is in it").toBeGreaterThan(60 * kilobyte);
  expect(bytes).toBeLessThanOrEqual(115 * kilobyte);
});

test("the styles have at most 12 kB", () => {
  const styles = [...first].flatMap((name) => manifest.get(name)?.css ?? []);
  expect(styles.length).toBeGreaterThan(0);
  expect(compressedBytes(styles)).toBeLessThanOrEqual(12 * kilobyte);
});
