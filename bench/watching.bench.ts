/** How fast the page follows the cluster, and how fast the program is on screen. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "../e2e/fixtures.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { report } from "./figures.ts";

const changes = 40;
const intervalMs = 1000;

for (const [name, path] of [
  ["change in the cluster → cluster page", "/clusters/one"],
  ["change in the cluster → wall", "/wall"],
] as const) {
  test(name, async ({ page, pretend, watch }) => {
    const cluster = await pretend({
      situation: { state: "UPGRADE_STATE_PREPARING", progress: 1, settings: usualSettings },
    });
    const proxy = await watch({ clusters: [{ id: "one", cluster }] });
    await page.goto(`${proxy.url}${path}`);
    await page.getByText("1 %").first().waitFor();
    const values: number[] = [];
    for (let change = 0; change < changes; change += 1) {
      const progress = 2 + change;
      // Changes fall at any place between two polls, as real ones do.
      await new Promise((resolve) => {
        setTimeout(resolve, Math.random() * intervalMs);
      });
      // The page itself looks for the words at every frame, so that the test's own way there adds nothing.
      const seen = page.evaluate(
        (words) =>
          new Promise<void>((resolve) => {
            const look = (): void => {
              if (document.body.innerText.replace(/\s+/g, " ").includes(words)) {
                resolve();
              } else {
                requestAnimationFrame(look);
              }
            };
            look();
          }),
        `${progress} %`,
      );
      const changedAt = performance.now();
      await cluster.set({ progress });
      await seen;
      values.push(performance.now() - changedAt);
    }
    report({
      what: name,
      unit: "ms",
      values,
      target: { of: "p95", atMost: intervalMs + 250 },
      how: "from before the cluster's change to the words on screen",
    });
  });
}

test("start, already built → listening", async () => {
  const values: number[] = [];
  for (let start = 0; start < 7; start += 1) {
    const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-bench-"));
    const startedAt = performance.now();
    const child = spawn(
      process.execPath,
      ["src/launch.mjs", "start", "--port", "0", "--data", folder],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        if (chunk.toString().includes("listening on")) {
          resolve();
        }
      });
    });
    values.push(performance.now() - startedAt);
    const ended = new Promise((resolve) => {
      child.once("exit", resolve);
    });
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  report({
    what: "start, already built → listening",
    unit: "ms",
    values,
    target: { of: "median", atMost: 3000 },
    how: "from the command to the line that it prints",
  });
});
