/** What pages of other sites can't do, what a listed portal may, and what our own pages keep to. */
import { createServer, type Server } from "node:http";
import { expect, test } from "./fixtures.ts";

/** A site that is not ours: another name of this machine is another site to a browser. */
async function otherSite(): Promise<{ readonly other: Server; readonly port: number }> {
  const other = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>other</title>");
  });
  await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
  const bound = other.address();
  return { other, port: typeof bound === "object" && bound !== null ? bound.port : 0 };
}

test("a page of another site gets nothing from the API, and nothing into it", async ({
  page,
  noise,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/CORS policy|Failed to load resource|violates/);
  const proxy = await watch({ clusters: [{ id: "one", cluster: await pretend() }] });
  const { other, port } = await otherSite();
  try {
    noise.origins.add(`http://localhost:${port}`);
    await page.goto(`http://localhost:${port}/`);
    const tried = await page.evaluate(async (url) => {
      const ask = async (path: string, options: RequestInit): Promise<string> => {
        try {
          const answer = await fetch(`${url}${path}`, options);
          return `${answer.type} ${answer.status} ${await answer.text()}`;
        } catch {
          return "refused";
        }
      };
      const framed = document.createElement("iframe");
      framed.src = `${url}/wall`;
      document.body.append(framed);
      await new Promise((resolve) => framed.addEventListener("load", resolve, { once: true }));
      return {
        read: await ask("/api/clusters", {}),
        blind: await ask("/api/clusters", { mode: "no-cors" }),
        form: await ask("/api/sign-in", { method: "POST", mode: "no-cors", body: "{}" }),
        script: await ask("/api/sign-in", {
          method: "POST",
          headers: { "content-type": "application/json", "x-upgrade-watch": "1" },
          body: "{}",
        }),
        framed: framed.contentDocument === null ? "not readable" : "readable",
      };
    }, proxy.url);
    expect(tried).toEqual({
      read: "refused",
      blind: "refused",
      form: "refused",
      script: "refused",
      framed: "not readable",
    });
    const [, frame] = page.frames();
    expect(frame?.url()).toMatch(/^chrome-error:/);
  } finally {
    other.close();
  }
});

test("a portal that is listed may frame the wall", async ({ page, noise, pretend, watch }) => {
  const { other, port } = await otherSite();
  try {
    const portal = `http://localhost:${port}`;
    noise.origins.add(portal);
    const proxy = await watch({
      clusters: [
        { id: "one", cluster: await pretend(), more: { name: "London" } },
        { id: "two", cluster: await pretend() },
      ],
      more: { server: { frameAncestors: [portal] } },
    });
    await page.goto(portal);
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      document.body.append(Object.assign(frame, { src, allow: "screen-wake-lock" }));
    }, `${proxy.url}/wall`);
    await expect(page.frameLocator("iframe").getByText("London")).toBeVisible();
  } finally {
    other.close();
  }
});

test("every page keeps to the policy and to one origin, and the policy bites", async ({
  page,
  pretend,
  watch,
  allowConsole,
}) => {
  const proxy = await watch({
    clusters: [
      { id: "one", cluster: await pretend() },
      { id: "two", cluster: await pretend() },
    ],
  });
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).origin));
  for (const path of ["/", "/clusters/one", "/wall", "/wall/one", "/pass/x"]) {
    const answer = await page.goto(`${proxy.url}${path}`);
    expect(answer?.headers()["content-security-policy"]).toContain("default-src 'none'");
    await page.waitForLoadState("networkidle");
  }
  expect([...asked]).toEqual([new URL(proxy.url).origin]);
  allowConsole(/Content Security Policy|violates/);
  await page.goto(`${proxy.url}/wall`);
  const bitten = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
          resolve(effectiveDirective),
        );
        const script = document.createElement("script");
        script.textContent = "document.title = 'injected'";
        document.body.append(script);
      }),
  );
  expect(bitten).toBe("script-src-elem");
  await expect(page).not.toHaveTitle("injected");
});
