import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserPlaces, findBrowser } from "./browser.ts";
import { expect, test } from "./fixtures.ts";

test.describe("the browser for the tests", () => {
  let folder = "";
  const file = (name: string): string => {
    const path = join(folder, name);
    writeFileSync(path, "");
    return path;
  };
  const nowhere = (): BrowserPlaces => ({
    named: undefined,
    downloaded: join(folder, "downloaded"),
    installed: [join(folder, "installed")],
    packaged: undefined,
    download: () => Promise.reject(new Error("no network\nat all")),
  });
  const packaged = { executablePath: "/packaged", args: [], environment: {} };

  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  });
  test.afterEach(() => rmSync(folder, { recursive: true }));

  test("is the named one, or an error", async () => {
    const named = file("named");
    file("downloaded");
    expect((await findBrowser({ ...nowhere(), named })).executablePath).toBe(named);
    await expect(findBrowser({ ...nowhere(), named: "/not/there" })).rejects.toThrow(
      "CHROMIUM_PATH names /not/there, and there is no such file.",
    );
  });

  test("is Playwright's own before the system's before the packaged one", async () => {
    const places = { ...nowhere(), packaged: () => Promise.resolve(packaged) };
    expect(await findBrowser(places)).toBe(packaged);
    const installed = file("installed");
    expect((await findBrowser(places)).executablePath).toBe(installed);
    const downloaded = file("downloaded");
    expect((await findBrowser(places)).executablePath).toBe(downloaded);
  });

  test("is downloaded where nothing else runs", async () => {
    const found = await findBrowser({
      ...nowhere(),
      packaged: () => Promise.reject(new Error("wrong libraries")),
      download: () => Promise.resolve(void file("downloaded")),
    });
    expect(found.executablePath).toBe(join(folder, "downloaded"));
  });

  test("is asked for in one sentence where there is none", async () => {
    await expect(findBrowser(nowhere())).rejects.toThrow(
      /^The end-to-end tests need a Chromium: none can be downloaded \(no network\); install one .* or name one by CHROMIUM_PATH=\S+\.$/,
    );
  });
});
