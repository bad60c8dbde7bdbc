/** The pages of past and present upgrades, filled by a pretend cluster. */
import type { APIRequestContext, Page } from "@playwright/test";
import { type RunDetail, runSchema, runsSchema } from "../src/contract/runs.ts";
import type { ManualCluster } from "../src/simulator/manualCluster.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, expectAccessible, type Stage, test } from "./fixtures.ts";
import { id, name, title } from "./stage.ts";

const words = {
  UPGRADE_STATE_PREPARING: "Preparing",
  UPGRADE_STATE_COMMITTING: "Committing",
  UPGRADE_STATE_COMMITTED: "Committed",
} as const;

type Staged = {
  readonly cluster: ManualCluster;
  readonly url: string;
  /** Waits until the proxy has heard of a state. */
  readonly heard: (state: string, progress?: number) => Promise<void>;
  /** The ids of all upgrades, newest first. */
  readonly ids: () => Promise<readonly string[]>;
  readonly run: (id: string) => Promise<RunDetail>;
};

/** A prepare that was abandoned with an error, the same again until it is proven, and one that goes on. */
async function staged(
  { pretend, watch }: Pick<Stage, "pretend" | "watch">,
  request: APIRequestContext,
): Promise<Staged> {
  const cluster = await pretend({ name });
  const proxy = await watch({
    clusters: [{ id, cluster, more: { name, zone: "Asia/Tokyo" } }],
  });
  const api = `${proxy.url}/api/clusters/${id}`;
  const heard = async (state: string, progress?: number): Promise<void> => {
    await expect
      .poll(async () => {
        const { status } = await (await request.get(`${api}/upgrade/status`)).json();
        return [status?.state, progress === undefined ? undefined : status?.progress];
      })
      .toEqual([state, progress]);
  };
  const error = async (): Promise<unknown> =>
    (await (await request.get(`${api}/upgrade/status`)).json()).errorInfo;
  const prepare = async (target: string, progress: number): Promise<void> => {
    const settings = { ...usualSettings, target_version: target };
    await cluster.set({ state: "UPGRADE_STATE_PREPARING", progress, settings });
    await heard("UPGRADE_STATE_PREPARING", progress);
  };
  await heard("UPGRADE_STATE_IDLE");
  await prepare("7.2.4", 10);
  await cluster.set({ errorInfo: "no space left on node 3" });
  await expect.poll(error).toContain("no space");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", settings: null, errorInfo: "" });
  await heard("UPGRADE_STATE_IDLE");
  await expect.poll(error).toBeNull();
  await prepare("7.2.4", 20);
  await cluster.set({ state: "UPGRADE_STATE_COMMITTING", progress: 0 });
  await heard("UPGRADE_STATE_COMMITTING");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", settings: null, version: "7.2.4" });
  await heard("UPGRADE_STATE_IDLE");
  await prepare("7.2.5", 30);
  return {
    cluster,
    url: proxy.url,
    heard,
    ids: async () => {
      const listed = await (await request.get(`${proxy.url}/api/runs`)).json();
      return runsSchema.parse(listed).runs.map((run) => run.id);
    },
    run: async (run) => runSchema.parse(await (await request.get(`${api}/runs/${run}`)).json()),
  };
}

/** A short duration as the page has it. */
function shortWords(durationMs: number): string {
  return durationMs < 1000 ? "< 1 s" : `${Math.floor(durationMs / 1000)} s`;
}

/** The states of the page's table: word, both moments, duration. */
async function shownStates(page: Page): Promise<readonly (readonly string[])[]> {
  const table = page.getByRole("table", { name: "How long it stayed in each state" });
  await expect(table).toBeVisible();
  return await table
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.querySelector("bdi")?.textContent ?? "",
        ...[...row.querySelectorAll("time")].map(({ dateTime }) => dateTime),
        row.querySelector("strong")?.textContent ?? "",
      ]),
    );
}

/** An upgrade's page as it goes to paper: light, as wide as the sheet, in UTC and the site's zone. */
async function expectCleanSheet(page: Page, { from }: RunDetail): Promise<void> {
  const timeline = page.getByRole("region", { name: "State timeline" });
  await expect(timeline.getByRole("figure", { name: "Progress" })).toBeVisible();
  await expect(page.getByText("Upgrade record")).toBeHidden();
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 710, height: 1000 });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Upgrade record")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  const utc = `${new Date(from).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const tokyo = new Date(from + 9 * 3_600_000).toISOString().slice(11, 19);
  const firstRow = page
    .getByRole("table", { name: "How long it stayed in each state" })
    .getByRole("row")
    .nth(1);
  await expect(firstRow).toContainText(`${tokyo}${utc}`);
  await expect(firstRow.getByText(utc)).toBeVisible();
  await expect(page.getByText(/It rests on \d+ polls/)).toBeVisible();
  const widest = () =>
    page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll("main *")].map((one) => one.getBoundingClientRect().right),
      ),
    );
  await expect.poll(widest).toBeLessThanOrEqual(710);
  const chart = timeline.locator("svg.recharts-surface").first();
  await expect.poll(async () => (await chart.boundingBox())?.width).toBe(700);
  await page.emulateMedia({ media: "screen" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.setViewportSize(size);
}

test("the upgrades of a fleet lead to each of them, whose figures are the API's, to the next, and to paper", async ({
  page,
  pretend,
  watch,
  request,
  allowConsole,
}) => {
  allowConsole(/404 .*20200101T000000000Z/);
  const { cluster, url, heard, ids, run } = await staged({ pretend, watch }, request);
  const [present = "", proven = "", abandoned = ""] = await ids();
  await page.goto(`${url}/runs?theme=light`);
  const inFlight = page.getByRole("list", { name: "Upgrades, In flight" });
  const ended = page.getByRole("list", { name: /^Upgrades, \w+day/ });
  await expect(inFlight.getByRole("link", { name })).toHaveCount(1);
  await expect(inFlight).toContainText("7.2.4 → 7.2.5");
  await expect(ended.getByRole("link", { name })).toHaveCount(2);
  await expect(ended.getByRole("listitem").filter({ has: page.getByRole("img") })).toContainText([
    "Proven: idle on 7.2.4",
    "1 error",
  ]);
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Outcome" }).selectOption("not-committed");
  await expect(page).toHaveURL(/outcome=not-committed/);
  await expect(inFlight).toHaveCount(0);
  await expect(ended.getByRole("link", { name })).toHaveCount(1);
  await page.getByRole("searchbox").fill("no such cluster");
  await expect(page.getByText("No upgrade fits the search and filters.")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await ended.getByRole("link", { name }).first().click();

  await expect(page).toHaveURL(new RegExp(`/clusters/${id}/runs/${proven}`));
  await expect(title(page)).toHaveText("Upgraded to 7.2.4");
  const told = await run(proven);
  const expected = told.states.map(({ state, inferred, from, to, ...known }) => [
    Object.entries(words).find(([key]) => key === state)?.[1] ?? state,
    new Date(from).toISOString(),
    new Date(to).toISOString(),
    inferred
      ? `≤ ${shortWords(Math.max(1000, Math.ceil((known.mostMs ?? 0) / 1000) * 1000))}`
      : shortWords(known.measuredMs + known.inferredMs),
  ]);
  expect(await shownStates(page)).toEqual(expected);
  await expect(page.getByRole("region", { name: "What this rests on" })).toContainText(
    `${told.sampling.polls} polls, all of them answered`,
  );
  const timeline = page.getByRole("region", { name: "State timeline" });
  await expect(timeline.getByRole("button", { name: /^Preparing, / })).toHaveCount(1);
  await expect(timeline.getByText("now", { exact: true }).first()).toBeHidden();
  await expect(page.getByRole("figure", { name: "Progress" })).toContainText("20 %");
  await expectAccessible(page);

  await page.getByRole("link", { name: "Earlier upgrade" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${abandoned}`));
  await expect(title(page)).toHaveText("Not committed");
  const errors = page.getByRole("list", { name: "Errors, oldest first" });
  await expect(errors).toContainText("Cleared");
  await expect(errors).toContainText("no space left on node 3");
  await page.getByRole("link", { name: "the next upgrade" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${proven}`));
  await page.getByRole("link", { name: "Later upgrade" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${present}`));
  await expect(title(page)).toHaveText("In flight: Preparing");
  await expect(timeline.getByText("now", { exact: true }).first()).toBeVisible();

  await cluster.set({ progress: 60 });
  await expect(page.getByRole("figure", { name: "Progress" })).toContainText("60 %");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", settings: null });
  await heard("UPGRADE_STATE_IDLE");
  await expect(title(page)).toHaveText("Not committed");
  await expect(timeline.getByText("now", { exact: true }).first()).toBeHidden();
  const asked: string[] = [];
  page.on("request", (sent) => asked.push(new URL(sent.url()).pathname));
  // The rest of the page goes on being asked for; what is over is not.
  await expect
    .poll(() => asked.filter((path) => path.endsWith("/status")).length)
    .toBeGreaterThanOrEqual(4);
  expect(asked.filter((path) => path.includes("/runs/"))).toEqual([]);

  await page.goto(`${url}/clusters/${id}/runs/${proven}?theme=dark`);
  await expectCleanSheet(page, told);

  await page.goto(`${url}/clusters/${id}/runs/20200101T000000000Z`);
  await expect(title(page)).toHaveText("No such upgrade is on record");
  await page.goto(`${url}/clusters/${id}`);
  const earlier = page.getByRole("region", { name: "Earlier upgrades" });
  await expect(earlier.getByRole("listitem")).toHaveCount(3);
  await earlier.getByRole("link", { name: "All upgrades" }).click();
  await expect(title(page)).toHaveText(`Upgrades of ${name}`);
});
