/** The test of our end-to-end tests: a real proxy, pretend clusters, and a page that must be silent. */
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import {
  type ManualCluster,
  type ManualOptions,
  startManualCluster,
} from "../src/simulator/manualCluster.ts";
import { chosenBrowser } from "./browser.ts";
import { type ProxyOptions, removeProxy, type RunningProxy, startProxy } from "./proxy.ts";

export { expect };

type Fixtures = {
  /** Starts a pretend cluster on free ports; it ends with the test. */
  readonly pretend: (options?: ManualOptions) => Promise<ManualCluster>;
  /** Starts a proxy; at the end of the test it is stopped, which must go well. */
  readonly watch: (options: ProxyOptions) => Promise<RunningProxy>;
  /**
   * What the page may say on its console in this test, e.g. failed requests while the proxy is dead. Anything else
   * fails the test, and so does a request to another origin than that of a proxy.
   */
  readonly allowConsole: (pattern: RegExp) => void;
  /** What the pages of this test said and asked for that they should not have. */
  readonly noise: Noise;
};

/** What a test that shows clusters to a page works with. */
export type Stage = Pick<Fixtures, "pretend" | "watch"> & { readonly page: Page };

type Noise = {
  /** Once the proxies go, what a page says of that is no fault. */
  isOver: boolean;
  readonly said: string[];
  readonly allowed: RegExp[];
  readonly requested: Set<string>;
  readonly origins: Set<string>;
};

export const test = base.extend<Fixtures>({
  launchOptions: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const { executablePath, args, environment } = chosenBrowser();
      await provide({ executablePath, args: [...args], env: environment });
    },
    { scope: "worker" },
  ],

  // oxlint-disable-next-line no-empty-pattern
  pretend: async ({}, provide) => {
    const running: ManualCluster[] = [];
    await provide(async (options) => {
      const cluster = await startManualCluster(options);
      running.push(cluster);
      return cluster;
    });
    await Promise.all(running.map((cluster) => cluster.stop()));
  },

  watch: async ({ noise }, provide, info) => {
    const running: RunningProxy[] = [];
    await provide(async (options) => {
      const proxy = await startProxy(options);
      noise.origins.add(new URL(proxy.url).origin);
      running.push(proxy);
      return proxy;
    });
    noise.isOver = true;
    for (const proxy of running) {
      // oxlint-disable-next-line no-await-in-loop
      const { code, leaks } = await removeProxy(proxy);
      expect(leaks, "where a token was found that should never have left").toEqual([]);
      if (info.status !== info.expectedStatus) {
        // oxlint-disable-next-line no-await-in-loop
        await info.attach("output of the proxy", { body: proxy.output() });
      }
      expect(code, `exit code of the proxy, which printed:\n${proxy.output()}`).toBe(0);
    }
  },

  // oxlint-disable-next-line no-empty-pattern
  noise: async ({}, provide) => {
    const noise: Noise = {
      isOver: false,
      said: [],
      allowed: [],
      requested: new Set(),
      origins: new Set(),
    };
    await provide(noise);
    const unexpected = noise.said.filter((line) => !noise.allowed.some((one) => one.test(line)));
    expect(unexpected, "the page's console").toEqual([]);
    const foreign = [...noise.requested].filter((origin) => !noise.origins.has(origin));
    expect(foreign, "origins that the page asked").toEqual([]);
  },

  allowConsole: async ({ noise }, provide) => {
    await provide((pattern) => void noise.allowed.push(pattern));
  },

  context: async ({ context, noise }, provide) => {
    const say = (line: string): void => {
      if (!noise.isOver) {
        noise.said.push(line);
      }
    };
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        say(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => say(`uncaught: ${String(error.error())}`));
    context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") || protocol.startsWith("ws")) {
        noise.requested.add(origin);
      }
    });
    await provide(context);
  },
});

/** Fails where axe finds something on the page, or below a selector, as it is now. */
export async function expectAccessible(page: Page, within = "html"): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
  }));
  expect(found, "what axe finds").toEqual([]);
}
