/**
 * The way in from a checkout: builds what is not built, then starts it.
 *
 *   node src/launch.mjs start|build|simulator|dev [arguments of the program]
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "dist", "built-from");
const programs = { start: "upgrade-watch.js", simulator: "simulator.js" };

/** What the build is made from; a change in any of these makes it stale. */
const sources = [
  "src",
  "public",
  "index.html",
  "vite.config.ts",
  "tailwind.config.js",
  "package-lock.json",
];

const [command = "", ...programArguments] = process.argv.slice(2);

switch (command) {
  case "build":
    await (programArguments.includes("--if-stale") ? buildIfStale() : build());
    break;
  case "start":
  case "simulator":
    await buildIfStale();
    await run(programs[command]);
    break;
  case "dev":
    await develop();
    break;
  default:
    fail("Say what to launch: start, build, simulator or dev.");
}

async function run(program) {
  const path = join(root, "dist", "server", program);
  process.argv = [process.execPath, path, ...programArguments];
  await import(pathToFileURL(path).href);
}

async function buildIfStale() {
  if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== digest()) {
    await build();
  }
}

async function build() {
  const made = digest();
  const { build: viteBuild } = await vite();
  const started = performance.now();
  process.stderr.write("Building Upgrade Watch …\n");
  // A build that fails half-way must not pass for a fresh one.
  rmSync(stampFile, { force: true });
  try {
    await viteBuild({ root, logLevel: "warn" });
    await viteBuild({ root, logLevel: "warn", build: { ssr: true } });
  } catch (error) {
    fail(`The build failed. ${error instanceof Error ? error.message : String(error)}`);
  }
  writeFileSync(stampFile, made);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`Built in ${seconds} s.\n`);
}

/** Simulator, proxy and Vite with hot reload in one terminal; a change of the server restarts it. */
async function develop() {
  const { build: viteBuild, createServer } = await vite();
  const port = process.env["UPGRADE_WATCH_PORT"] ?? "4600";
  process.env["UPGRADE_WATCH_PROXY_URL"] = `http://127.0.0.1:${port}`;
  let child;
  const watcher = await viteBuild({ root, logLevel: "warn", build: { ssr: true, watch: {} } });
  watcher.on("event", (event) => {
    if (event.code === "ERROR") {
      process.stderr.write(`${String(event.error)}\n`);
    }
    if (event.code === "BUNDLE_END") {
      child?.kill("SIGTERM");
      const program = join(root, "dist", "server", programs.start);
      child = spawn(process.execPath, [program, "--port", port, ...programArguments], {
        stdio: "inherit",
      });
      // A server that ends by itself has said why; a page without one would only be dead.
      child.once("exit", (code) => {
        if (code !== null && code !== 0) {
          process.exit(code);
        }
      });
    }
  });
  const server = await createServer({ root });
  await server.listen();
  server.printUrls();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      child?.kill("SIGTERM");
      void Promise.all([watcher.close(), server.close()]).then(() => process.exit(0));
    });
  }
}

async function vite() {
  try {
    return await import("vite");
  } catch {
    return fail("Upgrade Watch is not installed yet: run `npm ci` first.");
  }
}

function digest() {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of files(join(root, source))) {
      hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

function files(path) {
  if (!existsSync(path)) {
    return [];
  }
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)))
    .filter((file) => !/\.(spec|fixture)\.tsx?$/.test(file));
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
