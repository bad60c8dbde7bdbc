/**
 * Thirty days in thirty minutes, or as many as are asked for: `npm run soak -- --minutes N --seed S`; with `--sabotage`
 * the builds that leak, each for a minute, which must all be found.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    sabotage: { type: "boolean", default: false },
  },
});
const isNumber = (text) => /^\d+(\.\d+)?$/.test(text) && Number(text) > 0;
if (!isNumber(values.minutes) || !isNumber(values.seed)) {
  process.stderr.write("--minutes and --seed are numbers above 0.\n");
  process.exit(2);
}
const tests = ["--grep", values.sabotage ? "sabotage:" : "soak$"];
const { status } = spawnSync(
  "npx",
  ["playwright", "test", "--config", "e2e/soak/playwright.config.ts", ...tests],
  {
    stdio: "inherit",
    env: { ...process.env, SOAK_MINUTES: values.minutes, SEED: values.seed },
    shell: process.platform === "win32",
  },
);
process.exitCode = status ?? 1;
