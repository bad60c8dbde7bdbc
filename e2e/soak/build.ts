/** Builds what a soak runs: the product's own source on the soak's clock, sabotaged where that is asked for. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin } from "vite";
import type { Patch } from "./sabotage.ts";

export type SoakBuild = {
  /** The program to start. */
  readonly program: string;
  /** Where its pages are. */
  readonly page: string;
  readonly remove: () => void;
};

/** Builds below the repository, where the program finds its native packages. */
export async function buildSoak(patch: Patch | null): Promise<SoakBuild> {
  mkdirSync(".cache", { recursive: true });
  const folder = mkdtempSync(resolve(".cache", "soak-"));
  const page = join(folder, "page");
  const server = join(folder, "server");
  const isOfPage = patch?.file.startsWith("src/dashboard/") === true;
  if (isOfPage) {
    const outDir = page;
    await build({ logLevel: "warn", plugins: [patched(patch)], build: { outDir } });
  } else {
    cpSync("dist/page", page, { recursive: true });
  }
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: patch === null || isOfPage ? [] : [patched(patch)],
    ssr: { noExternal: true, external: ["libsql"] },
    build: {
      ssr: true,
      outDir: server,
      target: "node20",
      minify: false,
      rollupOptions: {
        input: {
          "upgrade-watch": "e2e/soak/fastProxy.ts",
          "history-worker": "src/proxy/history/worker.ts",
        },
      },
    },
  });
  return {
    program: join(server, "upgrade-watch.js"),
    page,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** @throws at the build's end when the text was not found exactly once */
function patched({ file, find, replace }: Patch): Plugin {
  const path = resolve(file);
  let isDone = false;
  return {
    name: "sabotage",
    enforce: "pre",
    transform: (code, id) => {
      if (id.split("?")[0] !== path) {
        return null;
      }
      if (code.split(find).length !== 2) {
        throw new Error(`${file} has changed: what is to be sabotaged is not found there once.`);
      }
      isDone = true;
      return { code: code.replace(find, () => replace), map: null };
    },
    buildEnd: (error) => {
      if (error === undefined && !isDone) {
        throw new Error(`${file} is not part of the build.`);
      }
    },
  };
}
