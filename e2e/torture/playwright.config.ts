import { defineConfig } from "@playwright/test";
import endToEnd from "../../playwright.config.ts";

/** The long forms of tests that `npm test` runs a little of: many kills, many damaged files. */
export default defineConfig(endToEnd, {
  testDir: ".",
  testMatch: "**/*.torture.ts",
  globalSetup: "../globalSetup.ts",
  outputDir: "../../test-results/torture",
  fullyParallel: true,
  timeout: 1_800_000,
  reporter: "line",
});
