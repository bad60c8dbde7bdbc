/** Three walls in a real browser, whose timers run faster, so that they ask more often. */
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { openTabs, type Tab } from "../tabs.ts";

/** What a tab uses, after a collection of what is not used. */
export type TabFigures = {
  readonly polls: number;
  /** The least of some readings: an answer that is on its way comes and goes, a leak stays. */
  readonly heap: number;
  /** Those of the document. */
  readonly nodes: number;
  /** Those that are kept though they are in no document. */
  readonly loose: number;
  readonly listeners: number;
  readonly documents: number;
  /** Questions under way. */
  readonly asking: number;
};

/** What a wall says of one cluster. */
export type Face = { readonly name: string; readonly isLive: boolean };

/** The walls. */
export type Screens = {
  readonly count: number;
  readonly figures: (tab: number) => Promise<TabFigures>;
  /** What a wall shows now. */
  readonly faces: (tab: number) => Promise<readonly Face[]>;
  /** Where a text stands in the document of a wall. */
  readonly holds: (tab: number, text: string) => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

/**
 * So many times faster, which is some ten questions a second; ages and deadlines of the page are not touched. Asking as fast
 * as they can, the walls leave the server no processor, and what it is late with is theirs.
 */
const hurry = 12;
/** By the page's own clock, each wall was opened so long ago: two pass a limit of 32 bits in the middle of the soak. */
const limitsMs = [2 ** 31, 2 ** 32, 0];

/**
 * What is compiled anew as a page grows hot, or thrown away as it is not needed, comes and goes for hours, and was most of
 * what grew: compiled once and kept, it is no part of what is judged.
 */
const engineOptions = "--no-opt --no-maglev --no-flush-bytecode";

/** A reading is the least of so many, each after a collection: at any one of them an answer may just be taken in. */
const collections = 3;
const betweenCollectionsMs = 400;

const paths = ["/wall", "/wall/cluster-1", "/wall/cluster-3"];

const counted = z.object({ polls: z.number(), asking: z.number(), nodes: z.number() });
const metrics = z.object({
  metrics: z.array(z.object({ name: z.string(), value: z.number() })),
});
const faces = z.array(z.object({ name: z.string(), isLive: z.boolean() }));

/** Opens three walls. */
export async function openScreens(url: string, durationMs: number): Promise<Screens> {
  const browser = await openTabs({ engineOptions });
  const tabs: Tab[] = [];
  for (const [index, path] of paths.entries()) {
    const aheadMs = Math.max(0, (limitsMs[index] ?? 0) - durationMs / 2);
    // oxlint-disable no-await-in-loop
    const tab = await browser.open("about:blank", "new window");
    await tab.send("Page.enable");
    const source = preparation(aheadMs);
    await tab.send("Page.addScriptToEvaluateOnNewDocument", { source });
    await tab.send("Performance.enable");
    await tab.send("Page.navigate", { url: `${url}${path}` });
    // oxlint-enable no-await-in-loop
    tabs.push(tab);
  }
  const tabAt = (index: number): Tab => {
    const tab = tabs[index];
    if (tab === undefined) {
      throw new Error(`There is no tab ${index}.`);
    }
    return tab;
  };
  const collected = async (tab: Tab): Promise<(wanted: string) => number> => {
    await tab.send("HeapProfiler.collectGarbage");
    await tab.send("HeapProfiler.collectGarbage");
    const measured = metrics.parse(await tab.send("Performance.getMetrics")).metrics;
    return (wanted) => measured.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  };
  return {
    count: tabs.length,
    figures: async (index) => {
      const tab = tabAt(index);
      const heaps: number[] = [];
      for (let collection = 1; collection < collections; collection += 1) {
        // oxlint-disable no-await-in-loop
        heaps.push((await collected(tab))("JSHeapUsedSize"));
        await pause(betweenCollectionsMs);
        // oxlint-enable no-await-in-loop
      }
      const value = await collected(tab);
      const { polls, asking, nodes } = counted.parse(await tab.read(`(${readCounts})()`));
      return {
        polls,
        asking,
        heap: Math.min(...heaps, value("JSHeapUsedSize")),
        nodes,
        loose: value("Nodes") - nodes,
        listeners: value("JSEventListeners"),
        documents: value("Documents"),
      };
    },
    faces: async (index) => faces.parse((await tabAt(index).read(`(${readFaces})()`)) ?? []),
    holds: async (index, text) => {
      const found = await tabAt(index).read(
        `document.documentElement.outerHTML.includes(${JSON.stringify(text)})`,
      );
      return found === true;
    },
    stop: browser.stop,
  };
}

/** The count survives a reload, by which a wall takes a new build in. */
const preparation = (aheadMs: number): string => `(() => {
  const { setTimeout: later, setInterval: often, fetch: ask, performance } = globalThis;
  const now = performance.now.bind(performance);
  performance.now = () => now() + ${aheadMs};
  globalThis.setTimeout = (run, ms = 0) => later(run, ms / ${hurry});
  globalThis.setInterval = (run, ms = 0) => often(run, ms / ${hurry});
  const count = { polls: Number(sessionStorage.getItem("soak") ?? 0), asking: 0 };
  globalThis.soak = count;
  addEventListener("pagehide", () => sessionStorage.setItem("soak", count.polls));
  globalThis.fetch = (...request) => {
    count.polls += 1;
    count.asking += 1;
    return ask(...request).finally(() => (count.asking -= 1));
  };
})()`;

const readCounts = `() => {
  const walker = document.createTreeWalker(document);
  let nodes = 1;
  while (walker.nextNode() !== null) {
    nodes += 1;
  }
  return { ...globalThis.soak, nodes };
}`;

/** A tile that tells of an outage, or of a cluster that is away as expected, does not pretend to be live. */
const readFaces = `() => {
  const one = document.querySelector("article.wall-one");
  if (one !== null) {
    const word = document.querySelector("[role=status][aria-label=Freshness]")?.textContent;
    return [{ name: one.getAttribute("aria-label"), isLive: word === "Live" }];
  }
  return [...document.querySelectorAll("article.wall-tile")].map((tile) => ({
    name: tile.querySelector("h2").textContent,
    isLive: !tile.hasAttribute("data-live") && !tile.matches(".wall-tile-away, .tone-act"),
  }));
}`;
