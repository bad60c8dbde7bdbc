/** index.html as it is sent: what a first view needs stands in it or is named ahead, so that nothing waits in turn. */
import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { firstAnswerId } from "../../contract/firstAnswer.ts";
import { type Body, bodyOf } from "./body.ts";
import type { FirstAnswer } from "./firstAnswers.ts";

/** The page of every address. */
export type IndexPage = {
  /** @param first the answer that comes along; null for none */
  readonly at: (address: string, first: FirstAnswer | null) => Body;
  readonly inline: InlineDigests;
};

/** What stands in the page itself, in the words of a content security policy: `'sha256-…'`. */
export type InlineDigests = {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
};

/** What the page is made from. */
export type IndexSources = {
  readonly html: string;
  /** The path below which it is served; begins and ends with a slash. */
  readonly basePath: string;
  /** The text of another file of the page by its path, e.g. `theme.js`; undefined where there is none. */
  readonly textOf: (path: string) => string | undefined;
  /** The build's own account of its files. */
  readonly manifest: Manifest;
};

const chunkSchema = z.object({ file: z.string(), imports: z.optional(z.array(z.string())) });
/** What is read of a build's account of its files. */
export const manifestSchema = z.record(z.string(), chunkSchema);
export type Manifest = z.output<typeof manifestSchema>;

const wallOfAll = /^\/wall$/;

/** Which part of the page's code shows an address. Of others, which few ask for, nothing is named ahead. */
const partsByAddress = [
  [/^\/$/, "src/dashboard/fleet/FleetPage.tsx"],
  [/^\/clusters\/[^/]+$/, "src/dashboard/cluster/ClusterPage.tsx"],
  [wallOfAll, "src/dashboard/wall/FleetWall.tsx"],
  [/^\/wall\/[^/]+$/, "src/dashboard/wall/ClusterWall.tsx"],
] as const;

/** Makes the page ready to be sent. */
export function openIndex({ html, basePath, textOf, manifest }: IndexSources): IndexPage {
  const whole = withInline(withBase(html, basePath), textOf);
  const picture = inlined("first-picture.js", textOf);
  const bare = new Map<string, Body>();
  // The answer about all clusters is one and the same for all who come within a tick.
  const answered = new WeakMap<Body, Map<string, Body>>();
  return {
    at: (address, first) => {
      const part = partsByAddress.find(([pattern]) => pattern.test(address))?.[1] ?? "";
      const bodies = first === null ? bare : (answered.get(first.body) ?? new Map<string, Body>());
      if (first !== null) {
        answered.set(first.body, bodies);
      }
      const made = bodies.get(part);
      if (made !== undefined) {
        return made;
      }
      const page = withParts(whole, filesOf(manifest, part));
      const body =
        first === null
          ? bodyOf(page, "lasting")
          : bodyOf(withAnswer(page, first, wallOfAll.test(address) ? picture : ""), "live");
      bodies.set(part, body);
      return body;
    },
    inline: { scripts: digestsOf(whole + picture, "script"), styles: digestsOf(whole, "style") },
  };
}

/** The page's addresses are relative; its base, in place of the one it was built with, makes them hold below any path. */
function withBase(html: string, basePath: string): string {
  const bare = html.replace(/\s*<base\b[^>]*>/i, "");
  return bare.replace(/<head[^>]*>/i, (head) => `${head}<base href="${basePath}" />`);
}

/** Puts styles and the script that runs before the first paint into the page: each of them would be waited for. */
function withInline(html: string, textOf: IndexSources["textOf"]): string {
  return html
    .replace(/<link rel="stylesheet"[^>]*? href="\.\/([^"]+)"[^>]*>/g, (tag, path: string) => {
      const css = textOf(path);
      // What is named beside the styles is named from the page on.
      const folder = path.replace(/[^/]*$/, "");
      return css === undefined
        ? tag
        : `<style>${css.replaceAll("url(./", `url(./${folder}`)}</style>`;
    })
    .replace(
      /<script src="\.\/([^"]+)"><\/script>/g,
      (tag, path: string) => inlined(path, textOf) || tag,
    );
}

/** A script as it stands in the page; empty where there is none. */
function inlined(path: string, textOf: IndexSources["textOf"]): string {
  const script = textOf(path);
  return script === undefined ? "" : `<script>${script}</script>`;
}

/** The files of a part of the code and of all that it imports. */
function filesOf(manifest: Manifest, part: string, seen = new Set<string>()): readonly string[] {
  const chunk = manifest[part];
  if (chunk === undefined || seen.has(part)) {
    return [];
  }
  seen.add(part);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((each) => filesOf(manifest, each, seen))];
}

/** Names the code ahead that the page would find out about only while it runs. */
function withParts(html: string, files: readonly string[]): string {
  const links = files
    .filter((file) => !html.includes(`"./${file}"`))
    .map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`);
  return html.replace(/(?=<style>|<\/head>)/, links.join(""));
}

/** @param script what draws from the answer at once */
function withAnswer(html: string, { path, body }: FirstAnswer, script: string): string {
  // Nothing in it can end the element or begin another one.
  const json = new TextDecoder().decode(body.plain).replaceAll("<", "\\u003c");
  const block = `<script type="application/json" id="${firstAnswerId}" data-path="${path}">${json}</script>`;
  return html.replace("</body>", () => `${block}${script}</body>`);
}

function digestsOf(html: string, element: "script" | "style"): readonly string[] {
  const pattern = new RegExp(`<${element}>([^]*?)</${element}>`, "g");
  return [...html.matchAll(pattern)].map(
    ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
}
