/**
 * From upgrades of a pretend cluster to what is said of the next one: a forecast whose basis they are, a comparison of
 * two of them, and a *stalled* that names its figure. The proxy is the real program on a clock that goes faster, for a
 * preparation is stalled only after twenty minutes without change.
 */
import { join } from "node:path";
import { runSchema, runsSchema } from "../src/contract/runs.ts";
import { clusterStatusSchema } from "../src/contract/api.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { durationWords, measuredWords, minuteMs } from "../src/upgrade/duration.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { buildSoak, type SoakBuild } from "./soak/build.ts";
import { machineMs } from "./soak/clock.ts";
import type { SoakOrders } from "./soak/figures.ts";
import { id, name } from "./stage.ts";

const speed = 160;
const polls = { active: "60s", idle: "60s", timeout: "5s" };
const preparing = "UPGRADE_STATE_PREPARING";

let built: SoakBuild | undefined;
test.beforeAll(async () => {
  built = await buildSoak(null);
});
test.afterAll(() => built?.remove());

test("five upgrades are what the next one is forecast by, compared with, and called stalled by", async ({
  pretend,
  watch,
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const cluster = await pretend({ name });
  const proxy = await watch({
    clusters: [{ id, cluster, more: { name } }],
    more: { poll: polls },
    program: built?.program ?? "",
    through: ([node = "", ...command], folder) => {
      const time = { speed, beginsAt: Date.UTC(2026, 10, 23, 12), originMs: machineMs() };
      const orders: SoakOrders = { time, socket: join(folder, "figures.sock"), uptimeMs: 0 };
      return [node, "--expose-gc", ...command, JSON.stringify(orders)];
    },
  });
  const api = `${proxy.url}/api/clusters/${id}`;
  const status = async () =>
    clusterStatusSchema.parse(await (await request.get(`${api}/upgrade/status`)).json());
  const heard = (state: string, progress?: number) =>
    expect
      .poll(async () => {
        const now = await status();
        return [now.state, progress === undefined ? undefined : now.progress];
      })
      .toEqual([state, progress]);
  const prepare = async (target: string, progress: number): Promise<void> => {
    const settings = { ...usualSettings, target_version: target };
    await cluster.set({ state: preparing, progress, settings });
    await heard(preparing, progress);
  };
  /** Waits until the percent holds for so long by the proxy's clock: forecasts of next to nothing are soon over. */
  const standing = (ms: number) =>
    expect
      .poll(async () => {
        const { now, stateSince } = await status();
        return now - (stateSince ?? now);
      })
      .toBeGreaterThan(ms);
  const finish = async (target: string): Promise<void> => {
    await cluster.set({ state: "UPGRADE_STATE_COMMITTING", progress: 0 });
    await heard("UPGRADE_STATE_COMMITTING");
    await cluster.set({ state: "UPGRADE_STATE_IDLE", settings: null, version: target });
    await heard("UPGRADE_STATE_IDLE");
  };
  const runOf = async (run: string) =>
    runSchema.parse(await (await request.get(`${api}/runs/${run}`)).json());
  const ended = async () =>
    runsSchema
      .parse(await (await request.get(`${api}/runs?outcome=proven`)).json())
      .runs.map((run) => run.id);

  await heard("UPGRADE_STATE_IDLE");
  for (const target of ["7.2.1", "7.2.2", "7.2.3"]) {
    // One after the other, as a cluster is upgraded.
    /* oxlint-disable no-await-in-loop */
    await prepare(target, 10);
    await standing(4 * minuteMs);
    await prepare(target, 60);
    await finish(target);
    /* oxlint-enable no-await-in-loop */
  }
  await expect.poll(async () => (await ended()).length).toBe(3);
  const three = await ended();

  await test.step("a forecast rests on the three, and the page names them", async () => {
    await page.goto(`${proxy.url}/clusters/${id}`);
    await prepare("7.2.4", 10);
    const outlook = page.getByRole("region", { name: "Outlook" });
    await Promise.all([
      expect
        .poll(async () => (await status()).eta?.basis)
        .toBe("3 earlier upgrades of this kind on this cluster"),
      expect(outlook).toContainText("By 3 earlier upgrades of this kind on this cluster"),
    ]);
    await page.getByRole("button", { name: "Show earlier upgrades in the chart" }).click();
    const table = page.getByRole("table", { name: "Earlier upgrades in the chart" });
    const links = table.getByRole("link", { name: "→", exact: false }).filter({ hasText: "→" });
    await expect(links).toHaveCount(3);
    const named = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    expect(named).toEqual(three.map((run) => `/clusters/${id}/runs/${run}`));
    await expect(page.getByText("the newest 3 of 3 earlier upgrades of this kind")).toBeVisible();
    // Above it stands that the screen's clock is off: the proxy's goes faster.
    await expectAccessible(page, "main");
  });

  await finish("7.2.4");
  await prepare("7.2.5", 10);
  await prepare("7.2.5", 60);
  await finish("7.2.5");
  await expect.poll(async () => (await ended()).length).toBe(5);
  // While the others are compared, this one does not move.
  await prepare("7.2.6", 37);

  await test.step("two are compared in the figures that the API tells of each", async () => {
    const [first = "", second = ""] = three;
    const runs = await Promise.all([first, second].map(runOf));
    await page.goto(`${proxy.url}/clusters/${id}/runs/${first}`);
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await page.getByRole("link", { name: "7.2.1 → 7.2.2" }).click();
    await expect(page).toHaveURL(`${proxy.url}/clusters/${id}/runs/${first}/against/${second}`);
    const table = page.getByRole("table", { name: "How long it took" });
    for (const [state, word] of [
      [preparing, "Preparing"],
      ["UPGRADE_STATE_COMMITTING", "Committing"],
    ] as const) {
      const figures = runs.map(({ states }) => {
        const stay = states.find((each) => each.state === state);
        return secondsWords((stay?.measuredMs ?? 0) + (stay?.inferredMs ?? 0));
      });
      // oxlint-disable-next-line no-await-in-loop
      await expect(table.getByRole("row", { name: word }).getByRole("cell")).toContainText([
        word,
        ...figures,
      ]);
    }
    const totals = runs.map(({ from, to }) => secondsWords((to ?? 0) - from));
    await expect(table.getByRole("row", { name: "All of it" }).getByRole("cell")).toContainText([
      "All of it",
      ...totals,
    ]);
    await expect(page.getByRole("figure", { name: "Progress of both" })).toContainText(
      /A 60 % after .+; B 60 % after/,
    );
    await expectAccessible(page, "main");
  });

  await test.step("with five, what does not move is stalled, by a figure and by whom", async () => {
    const stills = await Promise.all(
      (await ended()).map(async (run) => {
        const { states } = await runOf(run);
        return states.find(({ state }) => state === preparing)?.longestStillMs ?? 0;
      }),
    );
    const longestMs = Math.max(...stills);
    const five = "the longest of 5 earlier upgrades of this kind on this cluster";
    const limit =
      2 * longestMs > 20 * minuteMs
        ? `more than ${durationWords(2 * longestMs)} counts as stalled, twice ${five}.`
        : `more than 20 min counts as stalled; ${five} was ${measuredWords(longestMs)}.`;
    await page.goto(`${proxy.url}/clusters/${id}`);
    await expect.poll(async () => (await status()).verdict, { timeout: 40_000 }).toBe("stalled");
    expect((await status()).detail).toMatch(/^No change at 37 % for \d+ min; /);
    expect((await status()).detail).toContain(limit);
    await expect(page.getByText(limit).first()).toBeVisible();
  });
});

/** A duration as the page has it. */
function secondsWords(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return seconds < 60 ? `${seconds} s` : `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
