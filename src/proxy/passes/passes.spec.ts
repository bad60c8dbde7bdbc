import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Log } from "../log.ts";
import { openPassBook } from "./passBook.ts";
import { openWithinMs } from "./passFile.ts";
import { createPass, listPasses, PassError, revokePass } from "./passFolder.ts";

const created = Date.UTC(2026, 10, 23, 12);
let data = "";
let nowMs = 0;
let warnings: string[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "upgrade-watch-passes-"));
  nowMs = 0;
  warnings = [];
});
afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

function book() {
  const log: Log = {
    info: () => {},
    warn: (message) => void warnings.push(message),
    error: () => {},
  };
  return openPassBook(data, log, () => nowMs);
}

async function filesWithText(): Promise<readonly (readonly [string, string])[]> {
  const folder = join(data, "passes");
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
  );
}

describe("a display pass", () => {
  it("is made while a server runs, opens once, and holds from then on", async () => {
    const passes = book();
    const { id, secret } = await createPass(data, "NOC left", created);
    expect(await passes.holder(secret)).toBe(null);
    const opened = await passes.open(secret, created + 1000);
    expect(opened?.cookie).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const cookie = opened?.cookie ?? "";
    expect(await passes.holder(cookie)).toEqual({ id, name: "NOC left" });
    expect(await passes.open(secret, created + 2000)).toBe(null);
    expect(await passes.open(cookie, created + 2000)).toBe(null);
    // Neither does it end, nor with the process.
    nowMs = 400 * 86_400_000;
    expect(await passes.holder(cookie)).toEqual({ id, name: "NOC left" });
    expect(await book().holder(cookie)).toEqual({ id, name: "NOC left" });
  });

  it("opens once even where two try at the same moment", async () => {
    const { secret } = await createPass(data, "NOC left", created);
    const opened = await Promise.all(
      [book(), book(), book()].map((one) => one.open(secret, created)),
    );
    expect(opened.filter((one) => one !== null)).toHaveLength(1);
  });

  it("is refused within a second after it was revoked, by a server that was told nothing", async () => {
    const passes = book();
    const first = await createPass(data, "NOC left", created);
    const second = await createPass(data, "NOC right", created + 1);
    const [left, right] = [
      await passes.open(first.secret, created),
      await passes.open(second.secret, created),
    ];
    expect(await passes.holder(left?.cookie ?? "")).not.toBe(null);
    expect((await revokePass(data, first.id)).name).toBe("NOC left");
    nowMs += 1000;
    expect(await passes.holder(left?.cookie ?? "")).toBe(null);
    expect(await passes.holder(right?.cookie ?? "")).toMatchObject({ name: "NOC right" });
    expect((await listPasses(data)).map(({ name }) => name)).toEqual(["NOC right"]);
  });

  it("opens nothing once it was revoked, or a day after it was made", async () => {
    const revoked = await createPass(data, "a", created);
    const late = await createPass(data, "b", created);
    await revokePass(data, revoked.id);
    expect(await book().open(revoked.secret, created)).toBe(null);
    expect(await book().open(late.secret, created + openWithinMs)).toBe(null);
    expect(await book().open(late.secret, created + openWithinMs - 1)).not.toBe(null);
  });

  it("is kept as hashes, in files that only their owner reads", async () => {
    const { id, secret } = await createPass(data, "NOC left", created);
    const opened = await book().open(secret, created);
    const files = await filesWithText();
    expect(files.map(([name]) => name).sort()).toEqual([`${id}.json`, `${id}.opened`]);
    for (const [name, text] of files) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(opened?.cookie);
      // oxlint-disable-next-line no-await-in-loop
      expect((await stat(join(data, "passes", name))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(join(data, "passes"))).mode & 0o777).toBe(0o700);
  });

  it("opens nothing where its files are damaged, and does not hold up the others", async () => {
    const torn = await createPass(data, "torn", created);
    const whole = await createPass(data, "whole", created);
    await writeFile(join(data, "passes", `${torn.id}.opened`), '{"at":');
    await writeFile(join(data, "passes", "aaaaaaaa.json"), "[]");
    expect(await book().open(torn.secret, created)).toBe(null);
    expect(await book().open(whole.secret, created)).not.toBe(null);
  });

  it("goes on where the folder can't be read any more, which is told", async () => {
    const passes = book();
    const { secret } = await createPass(data, "NOC left", created);
    const cookie = (await passes.open(secret, created))?.cookie ?? "";
    expect(await passes.holder(cookie)).not.toBe(null);
    await rename(join(data, "passes"), join(data, "gone"));
    nowMs += 5000;
    expect(await passes.holder(cookie)).toMatchObject({ name: "NOC left" });
    expect(warnings).toEqual(["The display passes can't be read; those known last go on"]);
  });
});

describe("the passes on the command line", () => {
  it("are none in a new data folder, which is no problem to a server either", async () => {
    expect(await listPasses(data)).toEqual([]);
    expect(await book().holder("x")).toBe(null);
    expect(await book().open("x", created)).toBe(null);
    expect(warnings).toEqual([]);
  });

  it("say what is wrong in a sentence", async () => {
    const missing = join(data, "missing");
    const fails = [
      () => createPass(missing, "a", created),
      () => listPasses(missing),
      () => revokePass(missing, "aaaaaaaa"),
    ];
    for (const fail of fails) {
      // oxlint-disable-next-line no-await-in-loop
      await expect(fail()).rejects.toThrow(
        `There is no data folder ${missing}: start Upgrade Watch once, or name its folder with --config or --data.`,
      );
    }
    const unknown = revokePass(data, "../../x");
    await expect(unknown).rejects.toBeInstanceOf(PassError);
    await expect(unknown).rejects.toThrow(`There is no pass "../../x" in ${data};`);
  });
});
