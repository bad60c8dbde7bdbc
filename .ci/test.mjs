/**
 * All checks, one after the other, whatever the ones before said; the last line counts them.
 *
 *   node .ci/test.mjs [name of a check …]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { faultsOfPage } from "./faults.mjs";

const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-test-"));
const unitReport = join(folder, "unit.json");
const endToEndReport = join(folder, "e2e.json");

const unitOptions = ["--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`];

/** A check without a `count` counts as one. */
const checks = [
  { name: "types", command: ["npm", "run", "--silent", "types"] },
  { name: "lint", command: ["npm", "run", "--silent", "lint"] },
  { name: "format", command: ["npm", "run", "--silent", "format:check"] },
  { name: "build", command: ["npm", "run", "--silent", "build"] },
  {
    name: "unit",
    command: ["npm", "run", "--silent", "unit", "--", ...unitOptions],
    count: () => {
      const { numPassedTests, numFailedTests } = read(unitReport);
      return { passed: numPassedTests, failed: numFailedTests };
    },
  },
  {
    name: "e2e",
    command: ["npm", "run", "--silent", "e2e", "--", "--reporter=list,json"],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: endToEndReport },
    count: () => {
      const { expected, unexpected, flaky, skipped } = read(endToEndReport).stats;
      return { passed: expected, failed: unexpected + flaky, skipped };
    },
  },
];

/** Only a run of all tests can tell whether every fault has its proof. */
const isWhole = process.argv.length === 2;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no check named ${unknown.join(", ")}.\n`);
  process.exit(2);
}

const results = [];
for (const check of checks) {
  if (wanted.length === 0 || wanted.includes(check.name)) {
    results.push(await perform(check));
  }
}
if (isWhole) {
  results.push(checkFaults());
}
rmSync(folder, { recursive: true });
report(results);

function checkFaults() {
  process.stdout.write(`\n── faults ${"─".repeat(54)}\n`);
  const started = performance.now();
  const faults = faultsOfPage(readFileSync("docs/faults.md", "utf8"), testsThatRan());
  process.stdout.write(faults.map((fault) => `${fault}\n`).join(""));
  const seconds = (performance.now() - started) / 1000;
  const isProven = faults.length === 0;
  return { name: "faults", seconds, passed: isProven ? 1 : 0, failed: isProven ? 0 : 1 };
}

/** Every unit and end-to-end test that ran; a report that is missing was counted as a failure already. */
function testsThatRan() {
  try {
    const unit = read(unitReport).testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ title, status }) => ({
        file: relative(process.cwd(), name),
        title,
        passed: status === "passed" || isSkippedHere(status),
      })),
    );
    const { config, suites } = read(endToEndReport);
    const root = relative(process.cwd(), config.rootDir);
    return [...unit, ...suites.flatMap((suite) => specsOf(suite, root))];
  } catch (error) {
    process.stdout.write(`The reports can't be read: ${error.message}\n`);
    return [];
  }
}

/** Some faults can be caused on Linux alone; there nothing that proves one may be skipped. */
function isSkippedHere(status) {
  return process.platform !== "linux" && /^(pending|skipped)$/.test(status);
}

function specsOf({ suites = [], specs = [] }, root) {
  return [
    ...specs.map(({ file, title, tests, ok }) => ({
      file: join(root, file),
      title,
      // Playwright calls a skipped test `ok` too.
      passed: ok && tests.every(({ status }) => status !== "skipped" || isSkippedHere(status)),
    })),
    ...suites.flatMap((suite) => specsOf(suite, root)),
  ];
}

async function perform(check) {
  process.stdout.write(`\n── ${check.name} ${"─".repeat(60 - check.name.length)}\n`);
  const started = performance.now();
  const code = await run(check);
  const seconds = (performance.now() - started) / 1000;
  return { name: check.name, seconds, ...countOf(check, code === 0) };
}

function run({ command: [program, ...programArguments], environment = {} }) {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      stdio: "inherit",
      env: { ...process.env, ...environment },
      shell: process.platform === "win32",
    });
    child.once("error", (error) => {
      process.stdout.write(`${program} can't be started: ${error.message}\n`);
      resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function countOf(check, succeeded) {
  if (check.count === undefined) {
    return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 };
  }
  try {
    const { passed, failed, skipped = 0 } = check.count();
    // What ran nothing has proved nothing; and a file that can't be loaded is no failed test in a report.
    const isUncounted = failed === 0 && (!succeeded || passed === 0);
    return { passed, failed: isUncounted ? 1 : failed, skipped };
  } catch (error) {
    process.stdout.write(`${check.name} left no report: ${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}

function read(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function report(rows) {
  process.stdout.write("\n");
  for (const { name, seconds, passed, failed, skipped = 0 } of rows) {
    const word = failed === 0 ? "passed" : "FAILED";
    const figures = counts(passed, failed, skipped);
    process.stdout.write(
      `${word}  ${name.padEnd(8)}${figures.padEnd(34)}${seconds.toFixed(1).padStart(7)} s\n`,
    );
  }
  const sum = (key) => rows.reduce((total, row) => total + (row[key] ?? 0), 0);
  const failed = sum("failed");
  process.exitCode = failed === 0 ? 0 : 1;
  process.stdout.write(`\n${counts(sum("passed"), failed, sum("skipped"))}\n`);
}

/** What could not be checked here is never passed over in silence. */
function counts(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
