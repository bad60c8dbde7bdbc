import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { sabotages } from "./sabotage.ts";

for (const { name, patch } of sabotages) {
  test(`what is replaced so that ${name} stands in the source once`, () => {
    expect(readFileSync(patch.file, "utf8").split(patch.find)).toHaveLength(2);
  });
}

test("the sabotaged source passes the type check, so that no patch names what is gone", () => {
  mkdirSync(".cache", { recursive: true });
  const folder = mkdtempSync(resolve(".cache", "sabotaged-"));
  try {
    for (const each of ["src", "tsconfig.json", "package.json"]) {
      cpSync(each, join(folder, each), { recursive: true });
    }
    for (const { patch } of sabotages) {
      const file = join(folder, patch.file);
      writeFileSync(
        file,
        readFileSync(file, "utf8").replace(patch.find, () => patch.replace),
      );
    }
    const compiler = resolve("node_modules/typescript/bin/tsc");
    const check = [compiler, "-b", "--pretty", "false", "src/dashboard", "src/proxy"];
    const { stdout } = spawnSync(process.execPath, check, { cwd: folder, encoding: "utf8" });
    expect(stdout).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
