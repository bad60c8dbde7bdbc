import { describe, expect, it } from "vitest";
import { clusterStatusSchema } from "../../contract/api.ts";
import { changesSchema } from "../../contract/changes.ts";
import { openIndex } from "./indexPage.ts";
import { app, type Changes } from "./testing.ts";

const pages = {
  index: openIndex({
    html: "<html><head></head><body></body></html>",
    basePath: "/",
    textOf: () => undefined,
    manifest: {},
  }),
  files: new Map(),
};

/** What came along with the page of an address, and what the same server says to the question that it answers. */
async function brought(path: string, headers: Record<string, string> = {}, changes: Changes = {}) {
  const served = app({ pages, ...changes });
  const ask = async (below: string) => served.request(`http://127.0.0.1:4600${below}`, { headers });
  const response = await ask(path);
  const [, question, json = "null"] =
    /id="first-answer" data-path="([^"]*)">([^<]*)</.exec(await response.text()) ?? [];
  const answer: unknown = JSON.parse(json);
  const asked: unknown = question === undefined ? null : await (await ask(`/${question}`)).json();
  return { question, answer, asked, kept: response.headers.get("cache-control") };
}

describe("a page comes with the answer that it asks for first", () => {
  it.each(["/", "/wall"])("about all clusters at %s", async (path) => {
    const { answer, asked, kept } = await brought(path);
    expect(changesSchema.parse(answer).clusters.map(({ id }) => id)).toEqual(["lon"]);
    expect(answer).toEqual(asked);
    expect(kept).toBe("no-store");
  });

  it.each(["/clusters/lon", "/wall/lon", "/clusters/%6con"])("about one at %s", async (path) => {
    const { answer, asked } = await brought(path);
    expect(clusterStatusSchema.parse(answer).id).toBe("lon");
    expect(answer).toEqual(asked);
  });

  it.each(["/clusters/nobody", "/clusters/%ff", "/clusters/lon/runs", "/runs", "/wall?replay=x"])(
    "about nothing at %s, which may then be kept",
    async (path) => {
      const { question, answer, kept } = await brought(path);
      expect([question, answer, kept]).toEqual([undefined, null, "no-cache"]);
    },
  );

  it("but for those who only look whether there is a page", async () => {
    expect((await brought("/wall", { "sec-fetch-mode": "navigate" })).question).toBeDefined();
    expect((await brought("/wall", { "sec-fetch-mode": "cors" })).question).toBeUndefined();
  });

  it("but for those who are not let in", async () => {
    const viewers = { kind: "known", users: new Map(), trustedHeader: null } as const;
    const { answer, kept } = await brought("/wall", { accept: "text/html" }, { viewers });
    expect([answer, kept]).toEqual([null, "no-store"]);
  });
});
