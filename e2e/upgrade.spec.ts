/** Upgrades as an administrator sees them, from the cluster's socket to the pixels. */
import type { Page } from "@playwright/test";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { opened, title } from "./stage.ts";

const manualPlatform = {
  ...usualSettings,
  upgrade_type: "SOFTWARE_AND_PLATFORM",
  auto_commit: false,
  do_rolling_reboot: true,
};

const timeline = (page: Page) => page.getByRole("region", { name: "State timeline" });
const band = (page: Page, state: string) =>
  timeline(page).getByRole("button", { name: new RegExp(`^${state}, `) });
const connection = (page: Page) => page.getByRole("status", { name: "Connection" });
const freshness = (page: Page) => page.getByRole("status", { name: "Freshness" });

test("a two-phase platform upgrade, from idle to proven success", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened({ page, pretend, watch });
  await expect(title(page)).toContainText("Idle");
  await expect(freshness(page)).toContainText("Live");

  const settings = manualPlatform;
  await cluster.set({ state: "UPGRADE_STATE_PREPARING", progress: 10.9, settings });
  await expect(title(page)).toContainText("Preparing");
  await expect(page.getByRole("main")).toContainText("10 %");
  const panel = page.getByRole("region", { name: "Settings" });
  for (const name of Object.keys(settings)) {
    await expect(panel).toContainText(name);
  }
  await expect(panel).toContainText("7.2.3");
  await expect(page.getByRole("figure", { name: "Progress" })).toBeVisible();
  await cluster.set({ progress: 62 });
  await expect(page.getByRole("main")).toContainText("62 %");

  await cluster.set({ state: "UPGRADE_STATE_PREPARED", progress: 100 });
  await expect(page.getByRole("main")).toContainText("Waits for you");
  await expect(page.getByText("qq upgrade_cluster commit")).toBeVisible();
  await expectAccessible(page);

  await cluster.set({ state: "UPGRADE_STATE_COMMITTING" });
  await expect(title(page)).toContainText("Committing");
  await cluster.behave("refused");
  await expect(connection(page)).toContainText("Away as expected");
  await expect(freshness(page)).toContainText("Last heard");
  await expectAccessible(page);

  await cluster.set({
    state: "UPGRADE_STATE_REBOOTING",
    reboot: { state: "REBOOT_IN_PROGRESS", total: 6, rebooted: 2, error: null },
    version: "7.2.3",
    behaviour: "answering",
  });
  await expect(title(page)).toContainText("Rebooting 2 of 6");
  await expect(freshness(page)).toContainText("Live");

  await cluster.set({
    state: "UPGRADE_STATE_IDLE",
    progress: 0,
    settings: null,
    reboot: { state: "REBOOT_IDLE", total: 0, rebooted: 0, error: null },
  });
  await expect(title(page)).toContainText("Upgraded to 7.2.3");
  for (const state of ["Idle", "Preparing", "Prepared", "Committing", "Rebooting"]) {
    await expect(band(page, state).first()).toBeVisible();
  }
  expect(new Set(cluster.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

test("an instant upgrade whose commit is missed: inferred, bounded, and proven", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened({ page, pretend, watch });
  await expect(title(page)).toContainText("Idle");
  await cluster.set({ state: "UPGRADE_STATE_PREPARING", progress: 40, settings: usualSettings });
  await expect(title(page)).toContainText("Preparing");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", progress: 0, settings: null, version: "7.2.3" });
  await expect(title(page)).toContainText("Upgraded to 7.2.3");
  await expect(timeline(page)).toContainText("Committing");
  await expect(timeline(page)).toContainText("≤");
});

test("a failing prepare: the cluster's own words, and kept after they are gone", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened({ page, pretend, watch });
  await cluster.set({ state: "UPGRADE_STATE_PREPARING", progress: 37, settings: usualSettings });
  await expect(title(page)).toContainText("Preparing");
  const words = "not enough space on <b>node 3</b>\n";
  await cluster.set({ errorInfo: words });
  await expect(title(page)).toContainText("Failed at 37 %");
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "not enough space on <b>node 3</b>",
  );
  await expectAccessible(page);
  await cluster.set({ errorInfo: null });
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText("not enough space on <b>node 3</b>");
});

test("idle on the old version after a commit is no success", async ({ page, pretend, watch }) => {
  const { cluster } = await opened({ page, pretend, watch });
  await cluster.set({ state: "UPGRADE_STATE_COMMITTING", settings: usualSettings });
  await expect(title(page)).toContainText("Committing");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", settings: null });
  await expect(title(page)).toContainText("Not proven");
});

test("one of two nodes goes and comes back: the headline does not move", async ({
  page,
  pretend,
  watch,
}) => {
  const settings = { ...usualSettings, do_rolling_reboot: true };
  const { cluster } = await opened(
    { page, pretend, watch },
    { nodes: 2, situation: { state: "UPGRADE_STATE_REBOOTING", settings } },
  );
  await expect(title(page)).toContainText("Rebooting");
  const nodes = page.getByRole("region", { name: "Nodes" });
  for (const [node, url] of cluster.urls.entries()) {
    const own = nodes.getByRole("listitem").filter({ hasText: new URL(url).host });
    await cluster.behave("refused", node);
    await expect(own).toContainText("refused");
    await expect(freshness(page)).toContainText("Live");
    await expect(connection(page)).toBeHidden();
    await expect(title(page)).toContainText("Rebooting");
    await cluster.behave("answering", node);
  }
});

test("the only node goes where that is an outage, and comes back", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened({ page, pretend, watch });
  await expect(title(page)).toContainText("Idle");
  await cluster.behave("refused");
  await expect(title(page)).toContainText("No answer");
  await expect(connection(page)).toContainText("refused");
  await expect(freshness(page)).toContainText("Stale");
  await cluster.behave("answering");
  await expect(title(page)).toContainText("Idle");
  await expect(freshness(page)).toContainText("Live");
  await expect(connection(page)).toBeHidden();
});
