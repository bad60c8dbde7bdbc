/** What browsers get holds nothing of the server, and nothing of the environment in which it was built. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures.ts";

const canary = "access-v1:canary-of-the-build";

/** Every file below a folder, with what is in it. */
function contentsOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.map((name) => [name, readFileSync(name, "latin1")]));
}

test("a page that is built beside secrets holds none of them, no source map and no server code", () => {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-bundle-"));
  try {
    execFileSync("npx", ["vite", "build", "--outDir", folder, "--emptyOutDir"], {
      env: {
        ...process.env,
        UPGRADE_WATCH_TOKEN: canary,
        VITE_TOKEN: canary,
        LON_TOKEN: canary,
      },
      stdio: "pipe",
    });
    const files = contentsOf(folder);
    expect(files.size).toBeGreaterThan(10);
    for (const [name, text] of files) {
      expect([name, text.includes(canary)]).toEqual([name, false]);
      expect(name).not.toMatch(/\.map$/);
      expect([
        name,
        /node:(?:tls|fs|http)|UPGRADE_WATCH_TOKEN|sourceMappingURL/.test(text),
      ]).toEqual([name, false]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
