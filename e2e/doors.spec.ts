/** Who is let in: by password, by display pass; what is seen when that ends, and after. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
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
    await expect(page).toHaveURL(`${proxy.url}/clusters/one?range=1h`);
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
  allowConsole(/ERR_CONNECTION_(?:REFUSED|RESET)/);
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
  await expect(page).toHaveURL(`${proxy.url}/wall`);
  // Neither the address bar nor the history nor a script has the secret.
  expect(await page.evaluate(() => `${document.cookie} ${document.referrer}`)).toBe(" ");
  await page.goBack();
  await expect(page).toHaveURL("about:blank");
  await page.goto(`${proxy.url}/wall`);
  await expect(page.getByText("Idle").first()).toBeVisible();
  await expect.poll(() => pass(proxy, "list")).toContain("NOC left");

  // Whoever reads the address later finds it void.
  const thief = await (await browser.newContext()).newPage();
  await thief.goto(address);
  await expect(thief.getByRole("heading", { name: "This address opens nothing" })).toBeVisible();
  await expect(thief).toHaveURL(`${proxy.url}/pass/void`);
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

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
