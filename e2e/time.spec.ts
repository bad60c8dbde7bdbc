/** Clocks that are wrong or set, machines that sleep, a process that is blocked: no page may be misled by any of it. */
import type { APIRequestContext, Page } from "@playwright/test";
import * as z from "zod/mini";
import { clusterStatusSchema } from "../src/contract/api.ts";
import { historySchema } from "../src/contract/spans.ts";
import type { ManualCluster } from "../src/simulator/manualCluster.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

const hour = 3_600_000;
/** Three intervals of one second, which is what these proxies poll at. */
const staleAfterSeconds = 3;

const preparing = (progress: number) => ({
  state: "UPGRADE_STATE_PREPARING",
  progress,
  settings: usualSettings,
});

async function statusOf(request: APIRequestContext, { url }: RunningProxy) {
  const reply = await request.get(`${url}/api/clusters/one/upgrade/status`);
  return clusterStatusSchema.parse(await reply.json());
}

/** The percent of each span, or its kind where there is none; and how long each lasted. */
async function historyOf(request: APIRequestContext, { url }: RunningProxy) {
  const reply = await request.get(`${url}/api/clusters/one/history`);
  const { spans } = historySchema.parse(await reply.json());
  return spans.map((span) => ({
    what: span.kind === "status" ? span.status.progress : span.kind,
    lastedMs: span.to - span.from,
  }));
}

const asked = ({ requests }: ManualCluster): number =>
  requests.filter(({ path }) => path === "/v3/upgrade/status").length;

const freshness = (page: Page) => page.getByRole("status", { name: "Freshness" });

/** Reads the freshness and the age beside it from the page, ten times a second, until it is asked for what was seen. */
async function watchFreshness(page: Page) {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    setInterval(() => {
      const line = document.querySelector('[aria-label="Freshness"]')?.parentElement;
      seen.push(line?.textContent ?? "");
    }, 100);
  });
  return async () => {
    const seen = z.array(z.string()).parse(await page.evaluate("globalThis.seen"));
    return [...new Set(seen)].map((text) => {
      const [, word = "", figure = "", unit = ""] =
        /^(Live|Stale|Last heard)?.*?([\d.]+) (s|min|h|d) ago/.exec(text) ?? [];
      const seconds = Number(figure) * ({ s: 1, min: 60, h: 3600, d: 86_400 }[unit] ?? Number.NaN);
      return { text, word, seconds };
    });
  };
}

/** Opens the cluster's page, waits until it is live, and watches its freshness from then on. */
async function openLive(page: Page, { url }: RunningProxy) {
  await page.goto(`${url}/clusters/one`);
  await expect(freshness(page)).toHaveText("Live");
  return watchFreshness(page);
}

/** Whatever is shown, the word fits the age beside it, and the source of it is named. */
function expectTruth(seen: readonly { text: string; word: string; seconds: number }[]): void {
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter(({ word, seconds }) => word === "" || Number.isNaN(seconds))).toEqual([]);
  expect(
    seen.filter(({ word, seconds }) => word === "Live" && seconds > staleAfterSeconds),
  ).toEqual([]);
  expect(seen.filter(({ text }) => !/node 127\.0\.0\.1:\d+/.test(text))).toEqual([]);
}

test("a proxy that was asleep is stale at once, polls once, and tells the hole", async ({
  page,
  pretend,
  watch,
  request,
  allowConsole,
}) => {
  allowConsole(/ERR_ABORTED|Failed to load resource/);
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  const seen = await openLive(page, proxy);

  proxy.pause();
  const before = asked(cluster);
  await expect(page.getByText(/Not updating since/).first()).toBeVisible();
  await expect(page.getByText(/(?<![.\d])([89]\.\d|1\d) s ago/).first()).toBeVisible({
    timeout: 20_000,
  });
  proxy.resume();
  // At the very first answer the picture is as old as it is.
  const first = await statusOf(request, proxy);
  await expect(freshness(page)).toHaveText("Live");
  // One that was due, and what became due since: never one for each interval that was slept through.
  expect(asked(cluster) - before).toBeLessThanOrEqual(4);
  expect(first.verdict).toBe("running");

  await expect
    .poll(async () => (await historyOf(request, proxy)).map(({ what }) => what))
    .toEqual([10, "unobserved", 10]);
  const hole = (await historyOf(request, proxy))[1];
  expect(hole?.lastedMs).toBeGreaterThan(6000);
  expectTruth(await seen());
});

for (const [words, clockMs, sign] of [
  ["back", -hour, "set back by 1 h"],
  ["forward", hour, "set forward by 1 h"],
] as const) {
  test(`a server's clock that is set ${words} moves no age, and is told`, async ({
    page,
    pretend,
    watch,
    request,
  }) => {
    const cluster = await pretend({ situation: preparing(10) });
    const proxy = await watch({ clusters: [{ id: "one", cluster }], canBeDisturbed: true });
    const seen = await openLive(page, proxy);
    const before = await statusOf(request, proxy);

    proxy.disturb({ clockMs });
    await expect(page.getByRole("list", { name: "Notices" })).toContainText(sign);
    await cluster.set({ progress: 11 });
    await expect(page.getByText("11 %").first()).toBeVisible();

    const after = await statusOf(request, proxy);
    const movedMs = after.now - before.now - clockMs;
    expect(movedMs).toBeGreaterThan(0);
    expect(movedMs).toBeLessThan(60_000);
    // The two clocks are read one after the other, so how far one was set is known to some milliseconds.
    const redatedMs = (after.run?.from ?? 0) - (before.run?.from ?? 0);
    expect(Math.abs(redatedMs - clockMs)).toBeLessThan(1000);
    expect(after.ageMs).toBeLessThan(staleAfterSeconds * 1000);
    // The one hour is in no span: not as a hole, not as a failure, not as time.
    const history = await historyOf(request, proxy);
    expect(new Set(history.map(({ what }) => what))).toEqual(new Set([10, 11]));
    expect(history.every(({ lastedMs }) => lastedMs >= 0 && lastedMs < 60_000)).toBe(true);
    const all = await seen();
    expectTruth(all);
    expect(all.filter(({ seconds }) => seconds > 60)).toEqual([]);
    // This screen's clock is right, and so is off from the server's now.
    await expect(page.getByText(/This screen's clock is 1 h (ahead|behind)/)).toBeVisible();
  });
}

test("a proxy that is blocked for three seconds blames no cluster", async ({
  page,
  pretend,
  watch,
  request,
}) => {
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({
    clusters: [{ id: "one", cluster }],
    more: { poll: { active: "1s", idle: "1s", timeout: "0.5s" } },
    canBeDisturbed: true,
  });
  const seen = await openLive(page, proxy);
  for (const percent of [11, 12, 13]) {
    proxy.disturb({ blockMs: 3000 });
    // oxlint-disable-next-line no-await-in-loop
    await cluster.set({ progress: percent });
    // oxlint-disable-next-line no-await-in-loop
    await expect(page.getByText(`${percent} %`).first()).toBeVisible();
  }
  expect((await historyOf(request, proxy)).map(({ what }) => what)).not.toContain("unreachable");
  expectTruth(await seen());
});

test("a display whose clock is hours off shows true ages, and says that it is off", async ({
  page,
  pretend,
  watch,
  request,
}) => {
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.clock.install({ time: Date.now() + 3 * hour });
  for (const path of ["/clusters/one", "/wall/one", "/wall"]) {
    // oxlint-disable-next-line no-await-in-loop
    await page.goto(`${proxy.url}${path}`);
    // oxlint-disable-next-line no-await-in-loop
    await expect(freshness(page)).toHaveText("Live");
    // oxlint-disable-next-line no-await-in-loop
    await expect(page.getByText("This screen's clock is 3 h ahead of the server's.")).toBeVisible();
    // oxlint-disable-next-line no-await-in-loop
    await expect(page.getByText(/\d\.\d s ago/).first()).toBeVisible();
  }
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(freshness(page)).toHaveText("Live");
  const { stateSince } = await statusOf(request, proxy);
  const since = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "UTC" });
  await expect(page.getByText(`since ${since.format(stateSince ?? 0)}`).first()).toBeVisible();
  const timeline = page.getByRole("region", { name: "State timeline" });
  await expect(
    timeline.getByRole("button", { name: /^Preparing, .* to now, ≥ \d+ s$/ }).first(),
  ).toBeAttached();

  const seen = await watchFreshness(page);
  await page.clock.setSystemTime(Date.now() - 5 * hour);
  await expect(page.getByText("This screen's clock is 5 h behind the server's.")).toBeVisible();
  await cluster.set({ progress: 11 });
  await expect(page.getByText("11 %").first()).toBeVisible();
  expectTruth(await seen());
});

test("a restart in the middle of an upgrade shows what was heard before as just that", async ({
  page,
  pretend,
  watch,
  request,
  allowConsole,
}) => {
  allowConsole(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  const cluster = await pretend({ situation: preparing(10) });
  const more = { poll: { active: "2s", idle: "2s", timeout: "20s" } };
  const proxy = await watch({ clusters: [{ id: "one", cluster }], more });
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByText("10 %").first()).toBeVisible();
  const { run } = await statusOf(request, proxy);

  await proxy.kill();
  await cluster.behave("hang");
  await proxy.restart();
  const before = page.getByText("What is shown was heard before Upgrade Watch was restarted.");
  await expect(before).toBeVisible();
  await expect(page.getByText("10 %").first()).toBeVisible();
  expect(await statusOf(request, proxy)).toMatchObject({
    link: "unseen",
    progress: 10,
    detail: expect.stringContaining("heard before the restart"),
  });

  await cluster.set({ progress: 55 });
  await cluster.behave("answering");
  await expect(page.getByText("55 %").first()).toBeVisible({ timeout: 30_000 });
  await expect(before).toHaveCount(0);
  const after = await statusOf(request, proxy);
  expect(after.run?.from).toBe(run?.from);
  expect((await historyOf(request, proxy)).map(({ what }) => what)).toContain("unobserved");
});

test("a silent cluster is never shown live beyond three intervals", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: preparing(10) });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  const seen = await openLive(page, proxy);
  await cluster.behave("hang");
  await expect(freshness(page)).toHaveText("Stale");
  await expect(page.getByText("No answer").first()).toBeVisible();
  await cluster.behave("answering");
  await expect(freshness(page)).toHaveText("Live");
  expectTruth(await seen());
});
