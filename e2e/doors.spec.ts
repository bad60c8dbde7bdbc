/** Who is let in: by password, by display pass; what is seen when that ends, and after. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import * as z from "zod/mini";
import { makeTestCertificate } from "../src/proxy/cluster/testing/certificates.ts";
import { expect, expectAccessible, type Stage, test } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

let folder = "";

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-doors-"));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A server that knows one user. */
async function guarded({
  pretend,
  watch,
}: Pick<Stage, "pretend" | "watch">): Promise<RunningProxy> {
  const passwordFile = written("noc.password", "open:sesame\n");
  return await watch({
    clusters: [
      { id: "one", cluster: await pretend(), more: { name: "London" } },
      { id: "two", cluster: await pretend(), more: { name: "Frankfurt" } },
    ],
    more: { server: { viewers: { users: { noc: { passwordFile } } } } },
  });
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("User").fill("noc");
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Password").press("Enter");
}

/** Runs `upgrade-watch pass …` on a server's data while it runs. @returns what it printed */
async function pass(proxy: RunningProxy, ...words: string[]): Promise<string> {
  const programArguments = ["dist/server/upgrade-watch.js", "pass", ...words];
  const data = ["--data", join(proxy.folder, "data")];
  const { stdout } = await promisify(execFile)(process.execPath, [...programArguments, ...data]);
  return stdout;
}

/** What a browser notes on its console of every answer that is a refusal. */
const refusals = /Failed to load resource: .*(?:401|410|429)/;

for (const theme of ["dark", "light"] as const) {
  test(`a viewer signs in on the page, at the address that was asked for, ${theme}`, async ({
    page,
    pretend,
    watch,
    allowConsole,
  }) => {
    allowConsole(refusals);
    await page.emulateMedia({ colorScheme: theme });
    const proxy = await guarded({ pretend, watch });
    await page.goto(`${proxy.url}/clusters/one?range=1h`);
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(page).toHaveTitle("Sign in · Upgrade Watch");
    await expect(page.getByText("London")).toHaveCount(0);
    await expectAccessible(page);

    await signIn(page, "wrong");
    await expect(page.getByRole("alert").filter({ hasText: "not known here" })).toBeVisible();
    await expect(page.getByLabel("Password")).toBeFocused();
    await expectAccessible(page);

    await signIn(page, "open:sesame");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Idle");
    expect(page.url()).toBe(`${proxy.url}/clusters/one?range=1h`);
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: "Strict", path: "/" }]);
    expect(await page.evaluate(() => document.cookie)).toBe("");

    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(page.getByText("London")).toHaveCount(0);
  });
}

test("page and wall keep their pictures, drained, when the session ends, and recover", async ({
  page,
  context,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(refusals);
  allowConsole(/ERR_CONNECTION_REFUSED/);
  const proxy = await guarded({ pretend, watch });
  await page.goto(`${proxy.url}/clusters/one`);
  await signIn(page, "open:sesame");
  const wall = await context.newPage();
  await wall.goto(`${proxy.url}/wall`);
  for (const one of [page, wall]) {
    await expect(one.getByText("Idle").first()).toBeVisible();
  }

  // Sessions live in memory: a restart ends them all.
  await proxy.restart();
  for (const one of [page, wall]) {
    await expect(one.getByText("Sign in again.")).toBeVisible();
    await expect(one.getByText("Idle").first()).toBeVisible();
    await expect(one.getByText(/Not updating since/).first()).toBeVisible();
    await expect(one.locator("[data-live=false]").first()).toBeAttached();
    await expectAccessible(one);
  }
  await page.getByRole("button", { name: "Sign in" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog.getByLabel("User")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  const other = await context.newPage();
  await other.goto(`${proxy.url}/`);
  await signIn(other, "open:sesame");
  for (const one of [page, wall]) {
    await expect(one.getByText("Sign in again.")).toHaveCount(0);
    await expect(one.getByText(/Not updating since/)).toHaveCount(0);
    await expect(one.locator("[data-live=false]")).toHaveCount(0);
  }
});

test("a viewer whose session ended signs in over the picture", async ({
  page,
  context,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(refusals);
  const proxy = await guarded({ pretend, watch });
  await page.goto(`${proxy.url}/wall`);
  await signIn(page, "open:sesame");
  await expect(page.getByText("Idle").first()).toBeVisible();
  await context.clearCookies();
  await page.getByRole("button", { name: "Sign in" }).click();
  await signIn(page, "open:sesame");
  await expect(page.getByText("Sign in again.")).toHaveCount(0);
  await expect(page.getByText("Idle").first()).toBeVisible();
  await expect(page.locator("[data-live=false]")).toHaveCount(0);
});

test("no answer without a password holds anything of a cluster, and none opens a dialog", async ({
  request,
  pretend,
  watch,
}) => {
  const proxy = await guarded({ pretend, watch });
  for (const path of ["/", "/wall", "/api/clusters", "/api/clusters/one/history", "/nowhere"]) {
    for (const accept of ["text/html", "application/json"]) {
      const answer = await request.get(`${proxy.url}${path}`, { headers: { accept } });
      expect([path, answer.status()]).toEqual([path, 401]);
      expect(answer.headers()["www-authenticate"]).toBe(undefined);
      expect(await answer.text()).not.toMatch(/London|Frankfurt|127\.0\.0\.1/);
    }
  }
  const authorization = `Basic ${Buffer.from("noc:open:sesame").toString("base64")}`;
  const script = await request.get(`${proxy.url}/api/clusters`, { headers: { authorization } });
  expect(script.status()).toBe(200);
});

test("a display pass lets a wall in by an address that works once, until it is revoked", async ({
  page,
  browser,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(refusals);
  allowConsole(/ERR_CONNECTION_REFUSED/);
  const proxy = await guarded({ pretend, watch });
  const made = await pass(proxy, "create", "NOC left");
  const secret = /\/pass\/([\w-]{43})/.exec(made)?.[1] ?? "";
  const id = /pass revoke (\w+)/.exec(made)?.[1] ?? "";
  const address = `${proxy.url}/pass/${secret}`;

  await page.goto(address);
  await expect(page.getByText("Idle").first()).toBeVisible();
  expect(page.url()).toBe(`${proxy.url}/wall`);
  // Neither the address bar nor the history nor a script has the secret.
  expect(await page.evaluate(() => `${document.cookie} ${document.referrer}`)).toBe(" ");
  await page.goBack();
  expect(page.url()).toBe("about:blank");
  await page.goto(`${proxy.url}/wall`);
  await expect(page.getByText("Idle").first()).toBeVisible();
  await expect.poll(() => pass(proxy, "list")).toContain("NOC left");

  // Whoever reads the address later finds it void.
  const thief = await (await browser.newContext()).newPage();
  await thief.goto(address);
  await expect(thief.getByRole("heading", { name: "This address opens nothing" })).toBeVisible();
  expect(thief.url()).toBe(`${proxy.url}/pass/void`);
  await expectAccessible(thief);
  await thief.goto(`${proxy.url}/wall`);
  await expect(thief.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await thief.context().close();

  // A restart, and with it the end of every session, does not put out the display.
  await proxy.restart();
  await expect(page.getByText(/Not updating since/)).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("Idle").first()).toBeVisible();

  await pass(proxy, "revoke", id);
  await expect(page.getByText("Sign in again.")).toBeVisible();
  await expect(page.getByText("Idle").first()).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(/pass is no longer valid/)).toBeVisible();

  const data = join(proxy.folder, "data");
  const kept = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  for (const text of [proxy.output(), ...kept]) {
    expect(text.includes(secret)).toBe(false);
  }
});

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

test("over HTTPS the cookie is secure, and the browser is told to stay with it", async ({
  browser,
  noise,
  pretend,
  watch,
}) => {
  const { cert: pem, key: privateKey } = await makeTestCertificate();
  const [cert, key] = [written("cert.pem", pem), written("key.pem", privateKey)];
  const users = { noc: { passwordFile: written("noc.password", "open:sesame") } };
  const proxy = await watch({
    clusters: [{ id: "one", cluster: await pretend() }],
    more: {
      server: { host: "127.0.0.1", basePath: "/watch", tls: { cert, key }, viewers: { users } },
    },
  });
  expect(proxy.url).toMatch(/^https:.*\/watch$/);
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  noise.isOver = true;
  const page = await context.newPage();
  const answer = await page.goto(`${proxy.url}/clusters/one`);
  expect(answer?.headers()["strict-transport-security"]).toBe("max-age=31536000");
  await signIn(page, "open:sesame");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Idle");
  expect(await context.cookies()).toMatchObject([
    { secure: true, httpOnly: true, sameSite: "Strict", path: "/watch/" },
  ]);
  await page.goto(`${proxy.url}${/\/pass\/[\w-]+/.exec(await pass(proxy, "create", "NOC"))?.[0]}`);
  await expect(page).toHaveURL(new RegExp(`^${proxy.url}/wall`));
  expect((await context.cookies()).map(({ secure }) => secure)).toEqual([true, true]);
  await context.close();
});

test("the start is refused where others could look unasked, and not where that was said", async ({
  pretend,
}) => {
  const cluster = await pretend();
  const users = { noc: { passwordFile: written("noc.password", "open:sesame") } };
  const trustedHeader = { name: "x-forwarded-user", from: ["127.0.0.1/32"] };
  const matrix = [
    [{ host: "0.0.0.0" }, "server.viewers"],
    [{ host: "::" }, "server.viewers"],
    [{ host: "192.0.2.7" }, "server.viewers"],
    [{ host: "watch.example" }, "server.viewers"],
    [{ host: "0.0.0.0", viewers: { users } }, "server.tls"],
    [{ host: "0.0.0.0", viewers: { users, trustedHeader } }, "server.tls"],
    [
      { host: "0.0.0.0", viewers: { trustedHeader: { ...trustedHeader, from: ["0.0.0.0/0"] } } },
      "from[0]",
    ],
    [{ host: "0.0.0.0", viewers: {} }, "server.viewers"],
    [{ host: "0.0.0.0", viewers: "anyone" }, null],
    [{ host: "0.0.0.0", viewers: { trustedHeader } }, null],
    [{ host: "127.0.0.1" }, null],
    [{ host: "localhost" }, null],
    [{ host: "::1", viewers: { users } }, null],
  ] as const;
  await Promise.all(
    matrix.map(async ([server, fault], index) => {
      const clusters = [{ id: "one", nodes: cluster.urls }];
      const file = written(`${index}.yaml`, JSON.stringify({ server, clusters }));
      const { code, error } = await run(["--config", file, "--check-config"]);
      expect([server, code]).toEqual([server, fault === null ? 0 : 2]);
      expect(error).toContain(fault ?? "");
    }),
  );
  const overridden = await run(["--config", join(folder, "10.yaml"), "--host", "0.0.0.0"]);
  expect(overridden).toMatchObject({ code: 2, out: "" });
});

/** Runs the program until it ends. */
async function run(words: readonly string[]) {
  const program = ["dist/server/upgrade-watch.js", ...words];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, program);
    return { code: 0, out: stdout, error: stderr };
  } catch (thrown) {
    return z.parse(ended, thrown);
  }
}

const ended = z.pipe(
  z.object({ code: z.number(), stdout: z.string(), stderr: z.string() }),
  z.transform(({ code, stdout, stderr }) => ({ code, out: stdout, error: stderr })),
);

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
