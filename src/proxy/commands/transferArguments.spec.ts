import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStore } from "../history/disk/open.ts";
import { idleSpan } from "../history/testing/spans.fixture.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { runCommand } from "./testing.ts";

let folder = "";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-transfer-"));
  const { store } = await openStore(join(folder, "data"), null);
  await store.write([{ cluster: "lon", sequence: 1, span: idleSpan(1) }]);
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  [exportCommand, [], 2, "Name one file"],
  [exportCommand, ["a", "--from", "soon"], 2, '--from "soon" is no time'],
  [exportCommand, ["a", "--clusters", "rome"], 1, "no history of rome in"],
  [exportCommand, ["a", "--data", "none"], 1, "There is no history in"],
  [importCommand, ["a", "--as", "lon"], 2, '--as "lon" can\'t be used'],
  [importCommand, ["none.gz"], 1, "none.gz: there is no such file"],
])("says what is wrong with %o %j", async (command, argv, code, words) => {
  const result = await runCommand(command, argv, folder);
  expect([result.code, result.out]).toEqual([code, ""]);
  expect(result.error).toContain(words);
  expect(readdirSync(folder)).toEqual(["data"]);
});
