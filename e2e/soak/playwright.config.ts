import { defineConfig } from "@playwright/test";
import endToEnd from "../../playwright.config.ts";

/** The long soak, and the sabotaged ones; one at a time, for they measure. */
export default defineConfig(endToEnd, {
  testDir: ".",
  testMatch: "**/*.long.ts",
  globalSetup: "../globalSetup.ts",
  outputDir: "../../test-results/soak",
  fullyParallel: false,
  workers: 1,
  timeout: 0,
  reporter: "line",
});
