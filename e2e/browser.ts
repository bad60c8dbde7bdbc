/** A Chromium for the tests, wherever it comes from. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import * as z from "zod/mini";

const run = promisify(execFile);

/** How to start the browser that was found. */
export type FoundBrowser = {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** What it needs in its environment beside what is there. */
  readonly environment: Readonly<Record<string, string>>;
};

/** Where to look, in this order; each place may be left out by a test. */
export type BrowserPlaces = {
  /** Named by the user: an error if it is not there. */
  readonly named: string | undefined;
  /** Playwright's own, whether or not it was ever downloaded. */
  readonly downloaded: string;
  /** The system's, best first. */
  readonly installed: readonly string[];
  /** Unpacks the one that comes as an npm package; undefined where that one can't run. */
  readonly packaged: (() => Promise<FoundBrowser>) | undefined;
  /** Downloads Playwright's own. */
  readonly download: () => Promise<void>;
};

const args = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Chromium's sandbox does not work for root.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

const downloadWithinMs = 5 * 60_000;

/** The places on this machine. */
export function usualPlaces(): BrowserPlaces {
  return {
    named: process.env["CHROMIUM_PATH"],
    downloaded: chromium.executablePath(),
    installed: [
      "/usr/bin/chromium",
      "/usr/bin/chromium-browser",
      "/usr/bin/google-chrome",
      "/usr/bin/google-chrome-stable",
      "/snap/bin/chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
    packaged: process.platform === "linux" && process.arch === "x64" ? unpack : undefined,
    download: async () => {
      const command = ["playwright", "install", "chromium"];
      await run("npx", command, { timeout: downloadWithinMs });
    },
  };
}

/**
 * Finds a Chromium: the one that is named by `CHROMIUM_PATH`, Playwright's own, the system's, the one inside an npm
 * package (Linux on x64), or one that is downloaded once.
 *
 * @throws with one sentence that names the remedies when there is none
 */
export async function findBrowser(places: BrowserPlaces): Promise<FoundBrowser> {
  const { named, downloaded, installed, packaged, download } = places;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) {
      throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
    }
    return plain(named);
  }
  const present = [downloaded, ...installed].find((path) => existsSync(path));
  if (present !== undefined) {
    return plain(present);
  }
  const reasons: string[] = [];
  if (packaged !== undefined) {
    try {
      return await packaged();
    } catch (error) {
      reasons.push(`the packaged one does not run (${firstLine(error)})`);
    }
  }
  try {
    await download();
    if (existsSync(downloaded)) {
      return plain(downloaded);
    }
    reasons.push("the download left none");
  } catch (error) {
    reasons.push(`none can be downloaded (${firstLine(error)})`);
  }
  throw new Error(
    `The end-to-end tests need a Chromium: ${reasons.join(", ")}; install one (apt-get install chromium), or name one by CHROMIUM_PATH=/path/to/chromium.`,
  );
}

function plain(executablePath: string): FoundBrowser {
  return { executablePath, args, environment: {} };
}

/** Unpacks the browser of the npm package once, below the repository, with fonts of its own. */
async function unpack(): Promise<FoundBrowser> {
  const folder = resolve(".cache", "chromium");
  if (!existsSync(folder)) {
    const unfinished = mkdtempSync(`${folder}-`);
    try {
      await inflate(unfinished, {});
      const executable = join(unfinished, "chromium");
      if (!(await starts(executable, {}))) {
        // A bare system lacks libraries that the package has as well, but only unpacks where it believes itself at home.
        rmSync(executable);
        await inflate(unfinished, { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" });
      }
      renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const libraries = join(folder, "al2023", "lib");
  const fonts = join(folder, "fonts.conf");
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir></fontconfig>
`,
  );
  const environment = {
    FONTCONFIG_FILE: fonts,
    ...(existsSync(libraries) ? { LD_LIBRARY_PATH: libraries } : {}),
  };
  const executablePath = join(folder, "chromium");
  if (!(await starts(executablePath, environment))) {
    throw new Error(`${executablePath} does not start`);
  }
  return { executablePath, args, environment };
}

/** In a process of its own: the package unpacks into the temporary folder and changes the environment. */
async function inflate(folder: string, environment: Record<string, string>): Promise<void> {
  const program = `import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())`;
  await run(process.execPath, ["--input-type=module", "--eval", program], {
    env: { ...process.env, ...environment, TMPDIR: folder },
    timeout: downloadWithinMs,
  });
}

async function starts(path: string, environment: Record<string, string>): Promise<boolean> {
  try {
    await run(path, ["--version", ...args], {
      env: { ...process.env, ...environment },
      timeout: 30_000,
    });
    return true;
  } catch {
    // Whatever the reason, the next way is tried; the last one says so.
    return false;
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

const chosenSchema = z.object({
  executablePath: z.string(),
  args: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
});

/** The browser that the global set-up has chosen, with all of its environment. */
export function chosenBrowser(): z.output<typeof chosenSchema> {
  const text = process.env["UPGRADE_WATCH_BROWSER"] ?? "null";
  const { executablePath, args, environment } = chosenSchema.parse(JSON.parse(text));
  const inherited = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
  return { executablePath, args, environment: { ...inherited, ...environment } };
}
