/** What every browser gets, whoever it belongs to: nothing of the machine that built it may be in it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "./fixtures.ts";

const canary = "access-v1:canary-of-the-build";

test("no secret of the environment, no source map and no code of the server is in the built page", () => {
  mkdirSync(".cache", { recursive: true });
  const outDir = mkdtempSync(resolve(".cache", "page-"));
  try {
    execFileSync(
      process.execPath,
      ["node_modules/vite/bin/vite.js", "build", "--logLevel", "error", "--outDir", outDir],
      {
        env: {
          ...process.env,
          UPGRADE_WATCH_TOKEN: canary,
          VITE_TOKEN: canary,
          VITE_UPGRADE_WATCH_TOKEN: canary,
        },
      },
    );
    const files = readdirSync(outDir, { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(join(outDir, name)).isFile(),
    );
    expect(files.some((name) => name.endsWith(".js"))).toBe(true);
    expect(files.filter((name) => name.endsWith(".map"))).toEqual([]);
    for (const name of files) {
      const text = readFileSync(join(outDir, name), "latin1");
      expect(text.includes(canary), `${name} holds a token`).toBe(false);
      // Names that only the server's side of the configuration and its client have.
      expect(text, name).not.toMatch(/tokenFile|UPGRADE_WATCH_TOKEN|bearer_token|sourceMappingURL/);
    }
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
});
