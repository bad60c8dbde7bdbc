/** What a browser grants a wall, and what it denies. */
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";
import { openTabs, type Tab } from "./tabs.ts";

const preparing = (progress: number) => ({
  state: "UPGRADE_STATE_PREPARING",
  progress,
  settings: usualSettings,
});
const textOf = (tab: Tab) => tab.read("document.body?.innerText.replaceAll('\\u00a0', ' ') ?? ''");
const refusal = "this screen may switch itself off";

/** Remembers each wake lock that the page is given. */
const countLocks = `
  globalThis.locks = [];
  const { request } = WakeLock.prototype;
  WakeLock.prototype.request = async function (type) {
    const lock = await request.call(this, type);
    globalThis.locks.push(lock);
    return lock;
  };`;

test("a wall keeps its screen on, again after it was hidden, and says so where it may not", async ({
  pretend,
  watch,
}) => {
  const proxy = await watch({ clusters: [{ id: "one", cluster: await pretend() }] });
  const tabs = await openTabs();
  try {
    const wall = await tabs.open("about:blank");
    await wall.send("Page.enable");
    await wall.send("Page.addScriptToEvaluateOnNewDocument", { source: countLocks });
    await wall.send("Page.navigate", { url: `${proxy.url}/wall` });
    const locks = () => wall.read("globalThis.locks?.map(({ released }) => released)");
    await expect.poll(locks).toEqual([false]);
    await expect.poll(() => textOf(wall)).toContain("Idle");
    expect(await textOf(wall)).not.toContain(refusal);

    const front = await tabs.open("about:blank");
    await front.show();
    await expect.poll(locks).toEqual([true]);
    await wall.show();
    await expect.poll(locks).toEqual([true, false]);

    await wall.send("Browser.setPermission", {
      permission: { name: "screen-wake-lock" },
      setting: "denied",
      origin: new URL(proxy.url).origin,
    });
    await wall.send("Page.reload");
    await expect.poll(() => textOf(wall)).toContain(refusal);
    await expect.poll(() => textOf(wall)).toContain("Idle");
  } finally {
    await tabs.stop();
  }
});

test("a browser that keeps nothing shows everything all the same", async ({ pretend, watch }) => {
  const cluster = await pretend({ situation: preparing(10) });
  const other = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster },
      { id: "two", cluster: other },
    ],
  });
  const tabs = await openTabs({ deniesStorage: true });
  try {
    for (const path of ["/", "/clusters/one", "/wall", "/wall/one"]) {
      const tab = await tabs.open(`${proxy.url}${path}`);
      await tab.show();
      await expect.poll(() => textOf(tab)).toContain("10 %");
      const stored = "(() => { try { return typeof localStorage; } catch { return 'denied'; } })()";
      expect(await tab.read(stored)).toBe("denied");
      const theme = "document.querySelector('[aria-label^=Theme]')";
      await tab.read(`${theme}?.click()`);
      await tab.read(`${theme}?.click()`);
      expect(await tab.read("document.documentElement.dataset.theme")).toMatch(/^(dark|light)$/);
    }
  } finally {
    await tabs.stop();
  }
});

test("what is corrupt in a browser's storage is as good as nothing", async ({
  page,
  pretend,
  watch,
}) => {
  await page.addInitScript(() => {
    for (const key of ["theme", "zone"]) {
      localStorage.setItem(key, '{"\u0000');
    }
    history.replaceState({ upgradeWatch: { build: 7, breaks: "x", missing: null } }, "");
  });
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByText("10 %").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Theme: System" })).toBeVisible();
  await cluster.set({ progress: 20 });
  await expect(page.getByText("20 %").first()).toBeVisible();
});
