/** What befalls the tab itself: hidden, frozen, set aside, one of many. Nobody stands at a wall to mend it. */
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, type Stage, test as base } from "./fixtures.ts";
import { openTabs, type Tab, type Tabs } from "./tabs.ts";

const test = base.extend<{ readonly tabs: Tabs }>({
  // oxlint-disable-next-line no-empty-pattern
  tabs: async ({}, provide) => {
    const tabs = await openTabs();
    await provide(tabs);
    await tabs.stop();
  },
});

const preparing = (progress: number) => ({
  state: "UPGRADE_STATE_PREPARING",
  progress,
  settings: usualSettings,
});

/** Two clusters, the first of which prepares. */
async function staged({ pretend, watch }: Pick<Stage, "pretend" | "watch">) {
  const cluster = await pretend({ situation: preparing(10) });
  const other = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster, more: { name: "One" } },
      { id: "two", cluster: other, more: { name: "Two" } },
    ],
  });
  return { cluster, other, proxy };
}

const textOf = (tab: Tab) => tab.read("document.body?.innerText.replaceAll('\\u00a0', ' ') ?? ''");
const isHidden = (tab: Tab) => tab.read("document.visibilityState");
const isLive = (tab: Tab) => tab.read("document.documentElement.dataset.live");

test("a tab behind another one goes on, slowed down as it is, and is right when it shows", async ({
  pretend,
  watch,
  tabs,
}) => {
  const { cluster, proxy } = await staged({ pretend, watch });
  const wall = await tabs.open(`${proxy.url}/wall`);
  await expect.poll(() => textOf(wall)).toContain("10 %");
  const front = await tabs.open("about:blank");
  await front.show();
  await expect.poll(() => isHidden(wall)).toBe("hidden");
  await cluster.set({ progress: 20 });
  await expect.poll(() => textOf(wall), { timeout: 30_000 }).toContain("20 %");
  await wall.show();
  await expect.poll(() => isHidden(wall)).toBe("visible");
  await expect.poll(() => isLive(wall)).toBe("true");
});

/** Notes in the page, whenever it changes, whether it is grey and which percent it shows. */
const takeNotes = `
  globalThis.notes = [];
  const look = () => {
    const grey = document.documentElement.dataset.live === "false" ? "grey" : "live";
    const percent = /\\d+(?=\\s%)/.exec(document.querySelector("article")?.textContent ?? "")?.[0];
    const note = grey + " " + percent;
    if (globalThis.notes.at(-1) !== note) globalThis.notes.push(note);
  };
  look();
  new MutationObserver(look).observe(document.documentElement, {
    attributes: true, childList: true, subtree: true, characterData: true,
  });
  0`;

test("a tab that was frozen turns grey before it asks, and then shows the present", async ({
  pretend,
  watch,
  tabs,
}) => {
  const { cluster, proxy } = await staged({ pretend, watch });
  const wall = await tabs.open(`${proxy.url}/wall/one`);
  await expect.poll(() => textOf(wall)).toContain("10 %");
  await wall.read(takeNotes);
  await wall.send("Page.setWebLifecycleState", { state: "frozen" });
  await cluster.set({ progress: 20 });
  // Meanwhile the server goes on; after so many polls what the page has is more than three intervals old.
  const statuses = () =>
    cluster.requests.filter(({ path }) => path === "/v3/upgrade/status").length;
  const before = statuses();
  await expect.poll(statuses, { timeout: 30_000 }).toBeGreaterThan(before + 5);
  await wall.send("Page.setWebLifecycleState", { state: "active" });
  await expect.poll(() => textOf(wall)).toContain("20 %");
  await expect.poll(() => isLive(wall)).toBe("true");
  expect(await wall.read("globalThis.notes.slice(0, 2)")).toEqual(["live 10", "grey 10"]);
  expect(await wall.read("globalThis.notes.at(-1)")).toBe("live 20");
});

/** Clicks, on the browser's own page about its tabs, what sets those of one origin aside. */
const setAside = (origin: string) => `(() => {
  let clicked = 0;
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      const isButton = element.children.length === 0 && /Urgent Discard/.test(element.textContent);
      if (isButton && element.closest("tr")?.textContent.includes("${origin}")) {
        element.click();
        clicked += 1;
      }
    }
  };
  walk(document);
  return clicked;
})()`;

test("a tab that the browser set aside comes back as it was, by its address", async ({
  pretend,
  watch,
  tabs,
}) => {
  const { cluster, proxy } = await staged({ pretend, watch });
  const address = `${proxy.url}/clusters/one?range=1h&zone=utc`;
  const page = await tabs.open(address);
  await expect.poll(() => textOf(page)).toContain("10 %");
  await page.leave();
  const discards = await tabs.open("chrome://discards/");
  await discards.show();
  const { origin } = new URL(proxy.url);
  await expect.poll(() => discards.read(setAside(origin))).toBe(1);
  await cluster.set({ progress: 20 });
  const again = await tabs.find(address);
  await expect.poll(() => textOf(again)).toContain("20 %");
  expect(await again.read("document.wasDiscarded")).toBe(true);
  expect(await again.read("location.href")).toBe(address);
  const range = "document.querySelector('[aria-pressed=true]')?.textContent";
  await expect.poll(() => again.read(range)).toBe("1 h");
});

test("eight tabs in one browser are all live", async ({ context, pretend, watch }) => {
  const { cluster, proxy } = await staged({ pretend, watch });
  const paths = ["/", "/clusters/one", "/wall", "/wall/one"];
  const pages = await Promise.all(
    [...paths, ...paths].map(async (path) => {
      const page = await context.newPage();
      await page.goto(`${proxy.url}${path}`);
      return page;
    }),
  );
  for (const progress of [20, 30]) {
    await cluster.set({ progress });
    for (const page of pages) {
      const figure = page.getByText(new RegExp(`\\b${progress}\\s%`)).first();
      await expect(figure).toBeVisible({ timeout: 20_000 });
      await expect(page.locator("[data-live=false]")).toHaveCount(0);
    }
  }
});
