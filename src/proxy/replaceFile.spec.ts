import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFile } from "./replaceFile.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a file that is replaced", () => {
  it("is whole, its owner's alone, and another file than before", () => {
    const path = join(folder, "file");
    replaceFile(path, "a long first content");
    const before = statSync(path);
    replaceFile(path, "second");
    expect(readFileSync(path, "utf8")).toBe("second");
    expect(statSync(path).mode % 0o1000).toBe(0o600);
    expect(statSync(path).ino).not.toBe(before.ino);
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("stays what it was when the new content can't be written", () => {
    const path = join(folder, "file");
    replaceFile(path, "first");
    mkdirSync(`${path}.new`);
    expect(() => replaceFile(path, "second")).toThrow("EISDIR");
    expect(readFileSync(path, "utf8")).toBe("first");
  });
});
