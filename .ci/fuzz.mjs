/** Builds and runs the fuzzing of the reader: `npm run fuzz -- --cases N --seed S --minutes M`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

const cache = resolve(".cache");
mkdirSync(cache, { recursive: true });
const outDir = mkdtempSync(join(cache, "fuzz-"));
await build({
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  build: {
    ssr: true,
    outDir,
    target: "node20",
    minify: false,
    rollupOptions: { input: { fuzz: "src/proxy/cluster/testing/fuzzing.fixture.ts" } },
  },
});
const program = [join(outDir, "fuzz.js"), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, program, { stdio: "inherit" });
rmSync(outDir, { recursive: true, force: true });
process.exitCode = status ?? 1;
