import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

/** The history as it is shipped: a worker and a program in plain JavaScript. */
export type BuiltHistory = {
  readonly workerUrl: URL;
  /** Path of the built `recorder.fixture.ts`. */
  readonly recorderPath: string;
  readonly remove: () => void;
};

/** Builds the worker and the recorder below the repository, where they find their native package. */
export async function buildHistory(): Promise<BuiltHistory> {
  const cache = resolve(".cache");
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, "history-"));
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
      rollupOptions: {
        input: {
          "history-worker": "src/proxy/history/worker.ts",
          recorder: "src/proxy/history/testing/recorder.fixture.ts",
        },
      },
    },
  });
  return {
    workerUrl: pathToFileURL(join(outDir, "history-worker.js")),
    recorderPath: join(outDir, "recorder.js"),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
