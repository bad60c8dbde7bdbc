import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadPages, serveFiles, servePages } from "./pages.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "upgrade-watch-pages-"));
  const page = join(folder, "page");
  await mkdir(join(page, "assets"), { recursive: true });
  await mkdir(join(page, ".git"));
  await Promise.all([
    writeFile(join(folder, "secret.txt"), "canary"),
    writeFile(
      join(page, "index.html"),
      '<!doctype html><html><head><base href="/elsewhere/" /><title>x</title></head></html>',
    ),
    writeFile(join(page, "favicon.svg"), "<svg/>"),
    writeFile(join(page, "assets", "index-abc.js"), "code();"),
    writeFile(join(page, "assets", "inter-abc.woff2"), "font"),
    writeFile(join(page, "assets", "index-abc.js.map"), "canary"),
    writeFile(join(page, ".env"), "canary"),
    writeFile(join(page, ".hidden.js"), "canary"),
    writeFile(join(page, ".git", "config.txt"), "canary"),
    symlink(join(folder, "secret.txt"), join(page, "link.txt")),
  ]);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function get(path: string, basePath = "/") {
  const app = new Hono();
  const pages = await loadPages(join(folder, "page"), basePath);
  app.get(
    "*",
    serveFiles(pages),
    servePages(pages, () => null),
  );
  return app.request(`http://127.0.0.1${path}`);
}

describe("pages", () => {
  it("serves hashed files for ever, others to be asked for anew", async () => {
    const script = await get("/assets/index-abc.js");
    expect(await script.text()).toBe("code();");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const icon = await get("/favicon.svg");
    expect(icon.headers.get("cache-control")).toBe("no-cache");
    expect(icon.headers.get("content-type")).toBe("image/svg+xml");
    expect((await get("/assets/inter-abc.woff2")).headers.get("content-type")).toBe("font/woff2");
  });

  it.each([
    "/",
    "/clusters",
    "/clusters/lon",
    "/clusters/lon/runs/5",
    "/wall",
    "/wall/lon",
    "/runs",
    "/clusters/lon/runs/20261123T140726123Z",
    "/wall?rotate=20s",
  ])("serves the page at %s", async (path) => {
    const response = await get(path);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.text()).toContain('<head><base href="/" /><title>');
  });

  it("names the base path first of all in the head", async () => {
    expect(await (await get("/", "/watch/")).text()).toContain('<head><base href="/watch/" />');
  });

  it.each([
    "/index.html",
    "/nowhere",
    "/walls",
    "/runs/latest",
    "/clustersx",
    "/assets/",
    "/assets/index-abc.js.map",
    "/.env",
    "/.hidden.js",
    "/.git/config.txt",
    "/link.txt",
    "/secret.txt",
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/assets//index-abc.js",
    "//etc/passwd",
    "/assets/index-abc.js%00",
  ])("serves nothing at %s", async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain("canary");
  });
});
