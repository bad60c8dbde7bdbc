import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pass } from "./pass.ts";
import { runCommand } from "./testing.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "upgrade-watch-pass-command-"));
  await mkdir(join(folder, "data"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const run = (...argv: string[]) => runCommand(pass, argv, folder);

async function written(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

describe("pass", () => {
  it("makes a pass, lists it and takes it back", async () => {
    const made = await run("create", "NOC left");
    expect([made.code, made.error]).toEqual([0, ""]);
    expect(made.out).toMatch(/^ {2}http:\/\/127\.0\.0\.1:4600\/pass\/[A-Za-z0-9_-]{43}$/m);
    const id = /pass revoke ([a-z2-7]{8})/.exec(made.out)?.[1] ?? "";
    expect((await run("list")).out).toBe(
      `id        made (UTC)        opened (UTC)      display\n${id}  2026-11-23 18:00  not yet           NOC left\n`,
    );
    expect((await run("revoke", id)).out).toBe(
      `The pass ${id} of "NOC left" is revoked; its display is let in no more.\n`,
    );
    expect((await run("list")).out).toContain("There is no display pass");
    expect(await readdir(join(folder, "data", "passes"))).toEqual([]);
  });

  it("finds folder and address in the configuration, whatever else is in it", async () => {
    await mkdir(join(folder, "elsewhere"));
    const file = await written(
      "watch.yaml",
      `server: { host: 0.0.0.0, port: 8443, basePath: /watch, hosts: [watch.example], tls: { cert: missing, key: missing } }
data: ./elsewhere
clusters: [{ id: one, auth: { tokenFile: ./not-for-this-user } }]
`,
    );
    const { out } = await run("create", "NOC left", "--config", file);
    expect(out).toMatch(/^ {2}https:\/\/watch\.example:8443\/watch\/pass\/[\w-]{43}$/m);
    expect(await readdir(join(folder, "elsewhere", "passes"))).toHaveLength(1);
    expect((await run("list", "--data", "elsewhere")).out).toContain("NOC left");
  });

  it.each([
    [["create"], 2, "Name the display in quotes"],
    [["create", "NOC", "left"], 2, "Name the display in quotes"],
    [["create", "x".repeat(49)], 2, "at most 48 characters"],
    [["create", "a\u001b[2Jb"], 2, "Name the display in quotes"],
    [["revoke"], 2, "Say what to do"],
    [["delete", "x"], 2, "Say what to do"],
    [[], 2, "Say what to do"],
    [["list", "--token", "x"], 2, 'There is no option "--token" here'],
    [["list", "--data"], 2, "--data needs a value"],
    [["list", "--config", "none.yaml"], 2, "there is no such file"],
    [["list", "--data", "nowhere"], 1, "There is no data folder"],
    [["create", "a", "--data", "nowhere"], 1, "start Upgrade Watch once"],
    [["revoke", "aaaaaaaa"], 1, 'There is no pass "aaaaaaaa"'],
  ])("says what is wrong with %j", async (argv, code, words) => {
    const result = await run(...argv);
    expect([result.code, result.out]).toEqual([code, ""]);
    expect(result.error).toContain(words);
    expect(await readdir(folder)).toEqual(["data"]);
  });

  it("has its own help", async () => {
    expect((await run("create", "--help")).out).toContain("upgrade-watch pass revoke ID");
  });
});
