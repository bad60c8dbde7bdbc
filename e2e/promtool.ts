/** Prometheus' own checker, from wherever it can be had. */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";

/** What a run of promtool came to. */
export type Checked = { readonly code: number | null; readonly said: string };

const run = promisify(execFile);
const cache = resolve("node_modules/.cache/promtool");
const unpacked = `${cache}/usr/bin/promtool`;
const fetchWithinMs = 60_000;

/**
 * Looks at PROMTOOL_PATH, then in PATH, then takes it out of Debian's package without installing that.
 *
 * @returns the program, or why there is none
 */
export async function findPromtool(): Promise<{ program: string } | { reason: string }> {
  const named = process.env["PROMTOOL_PATH"];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) {
      throw new Error(`PROMTOOL_PATH names ${named}, where there is nothing.`);
    }
    return { program: named };
  }
  for (const program of ["promtool", unpacked]) {
    // oxlint-disable-next-line no-await-in-loop -- the first that runs is taken
    if (await runs(program)) {
      return { program };
    }
  }
  try {
    await fetchPackage();
    return (await runs(unpacked))
      ? { program: unpacked }
      : { reason: "Debian's package holds no promtool that runs here" };
  } catch (error) {
    const words = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { reason: `Debian's package prometheus can't be fetched: ${words}` };
  }
}

async function runs(program: string): Promise<boolean> {
  try {
    await run(program, ["--version"]);
    return true;
  } catch {
    // Absent, or made for another machine: the next place may have one.
    return false;
  }
}

async function fetchPackage(): Promise<void> {
  mkdirSync(`${cache}/lists/partial`, { recursive: true });
  mkdirSync(`${cache}/archives/partial`, { recursive: true });
  const options = { cwd: cache, timeout: fetchWithinMs };
  const download = (...more: string[]) =>
    run("apt-get", [...more, "download", "prometheus"], options);
  const own = ["-o", `Dir::State::Lists=${cache}/lists`, "-o", `Dir::Cache=${cache}`];
  try {
    await download();
  } catch {
    // A fresh container has no package lists, and whoever runs this may not be allowed to fetch them for all.
    await run("apt-get", [...own, "update"], options);
    await download(...own);
  }
  const file = readdirSync(cache).find((name) => name.endsWith(".deb"));
  if (file === undefined) {
    throw new Error("apt-get brought no package");
  }
  await run("dpkg-deb", ["-x", `${cache}/${file}`, cache], options);
}

/** Runs promtool with this on its standard input. */
export function promtool(
  program: string,
  programArguments: readonly string[],
  input = "",
): Promise<Checked> {
  return new Promise((done, fail) => {
    const child = spawn(program, programArguments, { stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    child.once("error", fail);
    child.once("exit", (code) => done({ code, said }));
    child.stdin.end(input);
  });
}
