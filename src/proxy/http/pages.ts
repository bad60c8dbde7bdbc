import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { Context, MiddlewareHandler } from "hono";
import { fail, send } from "./answer.ts";
import { type Body, bodyOf } from "./body.ts";

/** The built page, read once: what is not in here is not served, whatever a request asks for. */
export type Pages = {
  readonly index: Body;
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
  return { index: bodyOf(withBase(html, basePath), "lasting"), files };
}

/** The page's addresses are relative; its base, in place of the one it was built with, makes them hold below any path. */
function withBase(html: string, basePath: string): string {
  const bare = html.replace(/\s*<base\b[^>]*>/i, "");
  return bare.replace(/<head[^>]*>/i, (head) => `${head}<base href="${basePath}" />`);
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

/** Serves the page at all addresses that it understands, and says of the others that there is nothing. */
export function servePages(pages: Pages): MiddlewareHandler {
  return async (context) =>
    isPageAddress(context.req.path) ? sendIndex(context, pages) : noPage(context);
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
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": status === 200 ? "no-cache" : "no-store",
  };
  return send(context, pages.index, headers, { status });
}

function noPage(context: Context): Response {
  return fail(context, "not-found", "There is nothing at this address.");
}
