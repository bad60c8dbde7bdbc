import { defineConfig } from "@playwright/test";
import endToEnd from "../playwright.config.ts";

/** The benchmarks run in the same browser against the same program as the end-to-end tests, one at a time. */
export default defineConfig(endToEnd, {
  testDir: ".",
  testMatch: "**/*.bench.ts",
  globalSetup: "../e2e/globalSetup.ts",
  outputDir: "../test-results/bench",
  fullyParallel: false,
  workers: 1,
  timeout: 600_000,
  reporter: [["line"], ["./tableReporter.ts"]],
});
