/** What an upgrade should not do, and clusters do: nothing of it is smoothed over, or hidden by what comes next. */
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";
import { id, name, notices, opened, title } from "./stage.ts";

test("fields that are missing or unknown are said once, and the known part is shown", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened({ page, pretend, watch });
  await expect(title(page)).toContainText("Idle");
  const told = (body: object) =>
    cluster.reply({
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  await told({ state: "UPGRADE_STATE_PREPARING", progress: 37, phase: "copy", eta: 12 });
  await expect(title(page)).toContainText("Preparing");
  await expect(page.getByRole("main")).toContainText("37 %");
  const differs = notices(page).getByText(/schema of the reply differs/);
  await expect(differs).toContainText("it lacks settings, error_info");
  await expect(differs).toContainText("unknown fields (phase, eta)");
  await told({ state: "UPGRADE_STATE_PREPARING", progress: 38, phase: "copy", eta: 11 });
  await expect(page.getByRole("main")).toContainText("38 %");
  await expect(differs).toHaveCount(1);
  await cluster.reply(null);
  await expect(notices(page)).toBeHidden();
});

test("progress that falls is drawn as it is, and marked", async ({ page, pretend, watch }) => {
  const settings = { ...usualSettings, auto_commit: false };
  const state = "UPGRADE_STATE_PREPARING";
  const { cluster, proxy } = await opened(
    { page, pretend, watch },
    { situation: { state, progress: 80, settings } },
  );
  const main = page.getByRole("main");
  await expect(main).toContainText("80 %");
  await cluster.set({ progress: 20.5 });
  await expect(main).toContainText("20 %");
  await expect(main).toContainText("Progress fell from 80 % to 20 %");
  await expect(page.getByRole("figure", { name: "Progress" })).toContainText("Fell to 20 % at");
  const answer = await page.request.get(`${proxy.url}/api/clusters/${id}/upgrade/status`);
  expect(await answer.json()).toMatchObject({ progress: 20.5, verdict: "anomaly", eta: null });
});

test("another target in the midst of a run opens a new one, which carries the anomaly", async ({
  page,
  pretend,
  watch,
}) => {
  const state = "UPGRADE_STATE_PREPARING";
  const { cluster, proxy } = await opened(
    { page, pretend, watch },
    { situation: { state, progress: 40, settings: usualSettings } },
  );
  const run = async () => {
    const answer = await page.request.get(`${proxy.url}/api/clusters/${id}/upgrade/status`);
    const { run, targetVersion, verdict } = await answer.json();
    return { from: run?.from, targetVersion, verdict };
  };
  await expect(page.getByRole("main")).toContainText("40 %");
  const before = await run();
  await cluster.set({ progress: 41, settings: { ...usualSettings, target_version: "7.2.9" } });
  await expect(page.getByRole("main")).toContainText("Target changed to 7.2.9");
  const after = await run();
  expect(after).toMatchObject({ targetVersion: "7.2.9", verdict: "anomaly" });
  expect(Date.parse(after.from)).toBeGreaterThan(Date.parse(before.from));
});

test("an error is shown beside each later state of its run, cleared or not", async ({
  page,
  pretend,
  watch,
}) => {
  const errorInfo = "no space on node 3";
  const { cluster, proxy } = await opened(
    { page, pretend, watch },
    { situation: { state: "UPGRADE_STATE_PREPARING", progress: 37, settings: usualSettings } },
  );
  const main = page.getByRole("main");
  await expect(title(page)).toContainText("Preparing");
  await cluster.set({ errorInfo });
  await expect(title(page)).toContainText("Failed at 37 %");
  await cluster.set({ state: "UPGRADE_STATE_COMMITTING" });
  await expect(main).toContainText("State: Committing");
  await expect(main.getByRole("alert")).toContainText(errorInfo);
  await cluster.set({ errorInfo: null });
  await expect(title(page)).toContainText("Committing");
  await expect(main).toContainText(
    `Earlier in this upgrade, at Preparing 37 %, it reported an error`,
  );
  await page.goto(`${proxy.url}/wall`);
  await expect(page.getByRole("article", { name })).toContainText(errorInfo);
});
