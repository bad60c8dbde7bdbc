import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

/** A program of the tests in plain JavaScript, to be run in a process of its own. */
export type BuiltProgram = { readonly path: string; readonly remove: () => void };

/** Builds programs by name below the repository, where they find their native packages. */
export async function buildPrograms(
  input: Readonly<Record<string, string>>,
): Promise<{ readonly folder: string; readonly remove: () => void }> {
  const cache = resolve(".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "program-"));
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    ssr: { noExternal: true, external: ["libsql"] },
    build: {
      ssr: true,
      outDir: folder,
      target: "node20",
      minify: false,
      rollupOptions: { input: { ...input } },
    },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Builds one program. */
export async function buildProgram(entry: string): Promise<BuiltProgram> {
  const { folder, remove } = await buildPrograms({ program: entry });
  return { path: join(folder, "program.js"), remove };
}
