import { defineConfig, devices } from "@playwright/test";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./e2e/globalSetup.ts",
  fullyParallel: true,
  forbidOnly: process.env["CI"] !== undefined,
  // A test that passes at the second try is a fault of the test or of the product.
  retries: 0,
  workers: 3,
  timeout: 60_000,
  // A poll of a cluster comes once a second at most, and a page asks once a second after that.
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    trace: "off",
    screenshot: "only-on-failure",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/London",
  },
});
