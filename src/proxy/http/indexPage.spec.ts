import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bodyOf } from "./body.ts";
import { openIndex } from "./indexPage.ts";

const css = "@font-face{src:url(./inter.woff2)}p{color:red}";
const script = "document.title = 'x';";
const picture = "draw();";
const files = new Map([
  ["first-picture.js", picture],
  ["assets/index-a.css", css],
  ["theme.js", script],
]);
const html = `<!doctype html><html><head><base href="/elsewhere/" /><script src="./theme.js"></script>
<script type="module" crossorigin src="./assets/index-a.js"></script>
<link rel="modulepreload" crossorigin href="./assets/shared-a.js">
<link rel="stylesheet" crossorigin href="./assets/index-a.css"></head><body><p>x</p></body></html>`;
const manifest = {
  "_shared-a.js": { file: "assets/shared-a.js" },
  "_walls-a.js": { file: "assets/walls-a.js", imports: ["_shared-a.js"] },
  "src/dashboard/wall/FleetWall.tsx": {
    file: "assets/FleetWall-a.js",
    imports: ["_shared-a.js", "_walls-a.js"],
  },
};
const index = () => openIndex({ html, basePath: "/", textOf: (path) => files.get(path), manifest });
const textAt = (...request: Parameters<ReturnType<typeof index>["at"]>) =>
  new TextDecoder().decode(index().at(...request).plain);

const digest = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("index.html", () => {
  it("holds its styles and its first script, and says by which digests", () => {
    const inlineCss = css.replace("./", "./assets/");
    const page = textAt("/runs", null);
    expect(page).toContain(`<style>${inlineCss}</style>`);
    expect(page).toContain(`<script>${script}</script>`);
    expect(page).not.toMatch(/rel="stylesheet"|src="\.\/theme/);
    expect(index().inline).toEqual({
      scripts: [digest(script), digest(picture)],
      styles: [digest(inlineCss)],
    });
  });

  it("names the code of its address ahead, each file once, before the styles", () => {
    const page = textAt("/wall", null);
    const named = [...page.matchAll(/modulepreload" crossorigin href="([^"]+)"/g)].map(
      ([, file]) => file,
    );
    expect(named).toEqual([
      "./assets/shared-a.js",
      "./assets/FleetWall-a.js",
      "./assets/walls-a.js",
    ]);
    expect(page.indexOf("walls-a.js")).toBeLessThan(page.indexOf("<style>"));
    expect(textAt("/runs", null)).not.toContain("walls-a.js");
  });

  it("carries an answer that can't end its element", () => {
    const told = { error: "</script><script>alert(1)</script><!-- $& $1" };
    const page = textAt("/wall", { path: "api/x?a=", body: bodyOf(JSON.stringify(told), "live") });
    const [, path, json = ""] =
      /<script type="application\/json" id="first-answer" data-path="([^"]+)">([^<]*)<\/script>/.exec(
        page,
      ) ?? [];
    expect(path).toBe("api/x?a=");
    expect(JSON.parse(json)).toEqual(told);
  });

  it("draws the answer at once at the wall of all, and nowhere else", () => {
    const first = { path: "p", body: bodyOf("{}", "live") };
    expect(textAt("/wall", first)).toContain(`{}</script><script>${picture}</script></body>`);
    expect(textAt("/wall", null)).not.toContain(picture);
    expect(textAt("/wall/lon", first)).not.toContain(picture);
    expect(textAt("/", first)).not.toContain(picture);
  });

  it("is made once for all who get the same answer", () => {
    const page = index();
    const first = { path: "p", body: bodyOf("{}", "live") };
    expect(page.at("/wall", first)).toBe(page.at("/wall", first));
    expect(page.at("/wall", { path: "p", body: bodyOf("{}", "live") })).not.toBe(
      page.at("/wall", first),
    );
    expect(page.at("/", null)).toBe(page.at("/", null));
  });
});
