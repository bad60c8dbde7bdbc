import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { Context, MiddlewareHandler } from "hono";
import { fail, send } from "./answer.ts";
import { type Body, bodyOf } from "./body.ts";
import type { FirstAnswers } from "./firstAnswers.ts";
import { type IndexPage, type Manifest, manifestSchema, openIndex } from "./indexPage.ts";

/** The built page, read once: what is not in here is not served, whatever a request asks for. */
export type Pages = {
  readonly index: IndexPage;
  /** By path from the page's root, e.g. `assets/index-a1b2c3.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
};

type PageFile = { readonly body: Body; readonly type: string; readonly compressible: boolean };

const types = new Map([
  [".css", "text/css; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".ico", "image/x-icon"],
  [".jpg", "image/jpeg"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".png", "image/png"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain; charset=utf-8"],
  [".wav", "audio/wav"],
  [".mp3", "audio/mpeg"],
  [".webmanifest", "application/manifest+json; charset=utf-8"],
  [".woff2", "font/woff2"],
]);
const alreadyCompressed = new Set([".jpg", ".mp3", ".png", ".woff2"]);

/** Addresses that the page itself understands. */
const pageAddress = /^\/(?:runs|(?:clusters|wall)(?:\/.*)?)?$/;

const forEver = "public, max-age=31536000, immutable";

/**
 * Reads the built page.
 *
 * @param folder where the build put it
 * @param basePath the path below which it is served; begins and ends with a slash
 */
export async function loadPages(folder: string, basePath: string): Promise<Pages> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, PageFile>();
  const textOf = (path: string): string | undefined => {
    const bytes = files.get(path)?.body.plain;
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join("/");
    const type = types.get(extname(entry.name));
    const isHidden = path.split("/").some((part) => part.startsWith("."));
    if (entry.isFile() && type !== undefined && !isHidden && path !== "index.html") {
      const compressible = !alreadyCompressed.has(extname(entry.name));
      files.set(path, { body: bodyOf(await readFile(file), "lasting"), type, compressible });
    }
  }
  const html = await readFile(join(folder, "index.html"), "utf8");
  const manifest = await readManifest(join(folder, ".vite", "manifest.json"));
  return { index: openIndex({ html, basePath, textOf, manifest }), files };
}

/** Without the build's account of its files nothing is named ahead, and the page finds all of it by itself. */
async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, "utf8").catch(() => "{}");
  return manifestSchema.parse(JSON.parse(text));
}

/**
 * Serves the built files to anyone: they hold the page's code and nothing that was heard of a cluster, and whoever has
 * to sign in needs them for that.
 */
export function serveFiles(pages: Pages): MiddlewareHandler {
  return async (context, next) => {
    const { path } = context.req;
    const file = pages.files.get(path.slice(1));
    return file === undefined
      ? next()
      : send(context, file.body, fileHeaders(path, file.type), { compressible: file.compressible });
  };
}

/**
 * Serves the page at all addresses that it understands, with the answer that it would ask for first, and says of the
 * others that there is nothing.
 */
export function servePages(pages: Pages, firstAnswers: FirstAnswers): MiddlewareHandler {
  return async (context) => {
    const { path } = context.req;
    if (!isPageAddress(path)) {
      return noPage(context);
    }
    // A replay shows the past; and what only looks whether there is a page has no use for an answer.
    const isShown = (context.req.header("sec-fetch-mode") ?? "navigate") === "navigate";
    const first = isShown && context.req.query("replay") === undefined ? firstAnswers(path) : null;
    return first === null
      ? sendIndex(context, pages)
      : send(context, pages.index.at(path, first), indexHeaders("no-store"));
  };
}

/** Whether the page itself understands an address. */
export function isPageAddress(path: string): boolean {
  return pageAddress.test(path);
}

function fileHeaders(path: string, type: string): Record<string, string> {
  // Only files under assets/ carry the hash of their content in their names.
  return {
    "Content-Type": type,
    "Cache-Control": path.startsWith("/assets/") ? forEver : "no-cache",
  };
}

/** Answers with the page; with another status than 200 it shows what that means, and nobody keeps it. */
export async function sendIndex(
  context: Context,
  pages: Pages,
  status: 200 | 401 | 410 = 200,
): Promise<Response> {
  const headers = indexHeaders(status === 200 ? "no-cache" : "no-store");
  return send(context, pages.index.at(context.req.path, null), headers, { status });
}

function indexHeaders(caching: "no-cache" | "no-store"): Record<string, string> {
  return { "Content-Type": "text/html; charset=utf-8", "Cache-Control": caching };
}

function noPage(context: Context): Response {
  return fail(context, "not-found", "There is nothing at this address.");
}
