import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

/** A program of the tests in plain JavaScript, to be run in a process of its own. */
export type BuiltProgram = { readonly path: string; readonly remove: () => void };

/** Builds a program below the repository, where it finds its native packages. */
export async function buildProgram(entry: string): Promise<BuiltProgram> {
  const cache = resolve(".cache");
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, "program-"));
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    ssr: { noExternal: true, external: ["libsql"] },
    build: {
      ssr: true,
      outDir,
      target: "node20",
      minify: false,
      rollupOptions: { input: { program: entry } },
    },
  });
  return {
    path: join(outDir, "program.js"),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
