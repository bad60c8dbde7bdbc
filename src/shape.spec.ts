import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Every file that belongs to the repository, tracked or about to be. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const sources = files.filter((file) => /^src\/.*\.(ts|tsx|mjs)$/.test(file));
const products = sources.filter(
  (file) => !/\.(spec|fixture)\.tsx?$|\/testing(\.ts$|\/)/.test(file),
);

const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/** The text without its comments. Good enough for looking up names: no string of ours holds a comment's beginning. */
const codeOf = (file: string): string =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "$1");

/** What a file imports: our own files from the root of the repository on, others by their names. */
function importsOf(file: string): readonly string[] {
  const pattern = /(?:\bfrom|\bimport|\bimport\()\s*["']([^"'\s,]+)["']/g;
  return [...codeOf(file).matchAll(pattern)].map(([, target = ""]) =>
    target.startsWith(".")
      ? relative(root, resolve(root, dirname(file), target))
          .split(sep)
          .join("/")
      : target,
  );
}

/** Imports of files below one folder that are not among those allowed. */
function strayImports(
  folder: string,
  isAllowed: (target: string, file: string) => boolean,
): readonly string[] {
  return products
    .filter((file) => file.startsWith(folder))
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => !isAllowed(target, file))
        .map((target) => `${file} imports ${target}`),
    );
}

const startsWithAny = (target: string, ...beginnings: readonly string[]): boolean =>
  beginnings.some((beginning) => target.startsWith(beginning));
const isOwn = (target: string): boolean => target.startsWith("src/");

/** Where a pattern is found, outside of comments. */
function found(pattern: RegExp, among: readonly string[]): readonly string[] {
  return among.flatMap((file) =>
    [...codeOf(file).matchAll(pattern)].map(([match]) => `${file}: ${match}`),
  );
}

describe("the shape of the repository", () => {
  it("keeps its top level small", () => {
    const entries = new Set(files.map((file) => file.split("/")[0]));
    const allowed =
      ".ci .gitignore .oxfmtrc.json .oxlintrc.json LICENSE README.md bench docs e2e index.html package-lock.json package.json playwright.config.ts public src tailwind.config.js tsconfig.json vite.config.ts";
    expect([...entries].filter((entry = "") => !allowed.split(" ").includes(entry))).toEqual([]);
  });

  it("has five rooms, and beside them only the way in", () => {
    const entries = new Set(sources.map((file) => file.split("/")[1]));
    const allowed = "contract dashboard launch.mjs proxy shape.spec.ts simulator upgrade";
    expect([...entries].filter((entry = "") => !allowed.split(" ").includes(entry))).toEqual([]);
  });

  it("has no file over 300 lines", () => {
    const long = sources.filter((file) => textOf(file).trimEnd().split("\n").length > 300);
    expect(long).toEqual([]);
  });

  it("names no place of the machine it was written on", () => {
    const pattern = /\/(?:home|root|Users|work)\/[\w./-]*/g;
    expect(
      found(pattern, [...sources, ...files.filter((file) => file.startsWith("e2e/"))]),
    ).toEqual([]);
  });
});

describe("the directions of imports", () => {
  it("lead from the upgrade nowhere", () => {
    expect(strayImports("src/upgrade/", (target) => target.startsWith("src/upgrade/"))).toEqual([]);
  });

  it("lead from the contract to the upgrade and zod", () => {
    const isAllowed = (target: string) =>
      startsWithAny(target, "src/contract/", "src/upgrade/", "zod");
    expect(strayImports("src/contract/", isAllowed)).toEqual([]);
  });

  it("lead from the simulator to the contract and the upgrade", () => {
    const isAllowed = (target: string) =>
      !isOwn(target) || startsWithAny(target, "src/simulator/", "src/contract/", "src/upgrade/");
    expect(strayImports("src/simulator/", isAllowed)).toEqual([]);
  });

  it("lead from the proxy to the contract and the upgrade, and lazily to the simulator", () => {
    const isAllowed = (target: string, file: string) =>
      !isOwn(target) ||
      startsWithAny(target, "src/proxy/", "src/contract/", "src/upgrade/") ||
      (target.startsWith("src/simulator/") &&
        !new RegExp(`\\bfrom\\s*["'][./]*simulator/`).test(
          codeOf(file).replace(/import type[^;]*;/g, ""),
        ));
    expect(strayImports("src/proxy/", isAllowed)).toEqual([]);
  });

  it("lead from the page to the contract and the upgrade", () => {
    const isAllowed = (target: string) =>
      startsWithAny(target, "src/dashboard/", "src/contract/", "src/upgrade/") ||
      (!isOwn(target) && !target.startsWith("node:"));
    expect(strayImports("src/dashboard/", isAllowed)).toEqual([]);
  });

  it("lead from no feature of the page to another", () => {
    for (const feature of ["cluster", "fleet", "runs", "wall"]) {
      const others = ["cluster", "fleet", "runs", "wall"].filter((other) => other !== feature);
      const isAllowed = (target: string) =>
        !startsWithAny(target, ...others.map((other) => `src/dashboard/${other}/`));
      expect(strayImports(`src/dashboard/${feature}/`, isAllowed)).toEqual([]);
    }
  });

  it("lead from what the features share to no feature", () => {
    const features = ["cluster", "fleet", "runs", "wall"];
    const isAllowed = (target: string) =>
      !startsWithAny(target, ...features.map((feature) => `src/dashboard/${feature}/`));
    for (const shared of ["api", "shell", "timeline"]) {
      expect(strayImports(`src/dashboard/${shared}/`, isAllowed)).toEqual([]);
    }
  });

  it("lead from the generic pieces to nothing of ours", () => {
    const isAllowed = (target: string) => !isOwn(target) || target.startsWith("src/dashboard/ui/");
    expect(strayImports("src/dashboard/ui/", isAllowed)).toEqual([]);
  });
});

describe("the laws", () => {
  it("keep time, chance and timers out of the upgrade", () => {
    const pattern =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bset(?:Timeout|Interval|Immediate)\b|\bperformance\./g;
    const pure = products.filter((file) => file.startsWith("src/upgrade/"));
    expect(pure.length).toBeGreaterThan(0);
    expect(found(pattern, pure)).toEqual([]);
  });

  it("keep fetch out of the proxy: it follows redirects and unpacks bombs", () => {
    const server = products.filter((file) => file.startsWith("src/proxy/"));
    expect(server.length).toBeGreaterThan(0);
    expect(found(/(?<![.\w])fetch\(/g, server)).toEqual([]);
  });
});

describe("the lock file", () => {
  it("has an entry for every optional package that it names, so that `npm ci` works elsewhere", () => {
    const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } =
      JSON.parse(textOf("package-lock.json"));
    const names = Object.keys(lock.packages);
    const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !names.some((other) => other.endsWith(`node_modules/${name}`)))
        .map((name) => `${path} names ${name}`),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it("names no package that runs a script when it is installed, and few that the program needs", () => {
    const lock: { packages: Record<string, { hasInstallScript?: boolean; dev?: boolean }> } =
      JSON.parse(textOf("package-lock.json"));
    const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
    expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
    // The history's driver, its loader, and its native parts of which one platform takes one.
    const needed = packages.filter(([, { dev }]) => dev !== true).map(([path]) => path);
    expect(needed.filter((path) => !path.includes("@libsql/"))).toEqual([
      "node_modules/@neon-rs/load",
      "node_modules/detect-libc",
      "node_modules/libsql",
    ]);
  });
});
