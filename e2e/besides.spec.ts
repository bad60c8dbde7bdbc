/** What a cluster tells beside its status, from its socket to the pixels. */
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { id, name, notices, opened, title } from "./stage.ts";

const rolling = {
  ...usualSettings,
  upgrade_type: "SOFTWARE_AND_PLATFORM",
  do_rolling_reboot: true,
};

test("an older cluster is read through the second generation of the API, and says so", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened(
    { page, pretend, watch },
    {
      situation: {
        apiGenerations: [2],
        state: "UPGRADE_STATE_PREPARING",
        progress: 41,
        settings: usualSettings,
      },
    },
  );
  await expect(title(page)).toContainText("Preparing");
  await expect(page.getByRole("main")).toContainText("41 %");
  await expect(notices(page)).toContainText("/v2/upgrade/status");
  await cluster.set({ apiGenerations: [3], version: "7.2.3" });
  await expect(notices(page)).toBeHidden();
  await expect(title(page)).toContainText("Preparing");
});

test("an old cluster is read through the first generation, and nothing is made up", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster, proxy } = await opened(
    { page, pretend, watch },
    {
      situation: {
        apiGenerations: [1],
        state: "UPGRADE_STATE_PREPARING",
        progress: 41,
        settings: usualSettings,
      },
    },
  );
  await expect(title(page)).toContainText("Preparing");
  await expect(notices(page)).toContainText("no percentage, no target version");
  await expect(page.getByRole("main")).not.toContainText("41 %");
  const answer = await page.request.get(`${proxy.url}/api/clusters/${id}/upgrade/status`);
  expect(await answer.json()).toMatchObject({
    state: "UPGRADE_STATE_PREPARING",
    status: {
      state: "UPGRADE_STATE_PREPARING",
      progress: null,
      settings: { install_path: usualSettings.install_path, target_version: null },
    },
  });
  await cluster.set({ errorInfo: "no space on node 3" });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("no space on node 3");
  await cluster.set({
    state: "UPGRADE_STATE_IDLE",
    settings: null,
    errorInfo: null,
    blockedReason: "too soon after the last one",
  });
  await expect(page.getByRole("main")).toContainText("too soon after the last one");
  await expectAccessible(page);
});

test("a privilege that is missing is named, and what can't be shown without it", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened(
    { page, pretend, watch },
    {
      situation: {
        state: "UPGRADE_STATE_REBOOTING",
        settings: rolling,
        privileges: ["PRIVILEGE_UPGRADE_READ"],
        reboot: { state: "REBOOT_IN_PROGRESS", total: 6, rebooted: 2, error: null },
      },
    },
  );
  await expect(title(page)).toHaveText("Rebooting");
  await expect(notices(page)).toContainText(/lacks PRIVILEGE_REBOOT_READ: how many nodes/);
  await cluster.set({ privileges: [] });
  await expect(title(page)).toContainText("Rebooting");
  await expect(page.getByRole("status", { name: "Connection" })).toContainText(
    "PRIVILEGE_UPGRADE_READ",
  );
});

test("a cluster that calls itself otherwise is named, and another one is never taken for it", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend({ name: "lon-core" });
  const wrong = await pretend({ name: "par-post", situation: { progress: 0 } });
  const proxy = await watch({
    clusters: [
      { id, cluster, more: { name, clusterName: "lon-core" } },
      { id: "lon-prod-2", cluster: wrong, more: { clusterName: "lon-second" } },
    ],
  });
  await page.goto(`${proxy.url}/clusters/${id}`);
  await expect(title(page)).toContainText("Idle");
  await expect(page.getByRole("main")).toContainText("calls itself lon-core");
  await page.goto(`${proxy.url}/clusters/lon-prod-2`);
  await expect(page.getByRole("main")).toContainText(
    "it calls itself par-post, but lon-second is configured",
  );
  await expect(title(page)).toContainText("Another cluster");
  const answer = await page.request.get(`${proxy.url}/api/clusters/lon-prod-2/upgrade/status`);
  expect(await answer.json()).toMatchObject({ verdict: "outage", attention: "act", state: null });
  await page.goto(`${proxy.url}/wall`);
  await expect(page.getByRole("article", { name: "lon-prod-2" })).toContainText("par-post");
});

test("a rolling reboot is counted on page and wall, paused where the cluster pauses it", async ({
  page,
  pretend,
  watch,
}) => {
  const reboot = { state: "REBOOT_IN_PROGRESS", total: 6, rebooted: 1, error: null } as const;
  const { cluster, proxy } = await opened(
    { page, pretend, watch },
    { situation: { state: "UPGRADE_STATE_COMMITTED", settings: rolling } },
  );
  await expect(title(page)).toContainText("Committed");
  await cluster.set({ state: "UPGRADE_STATE_REBOOTING", reboot });
  await expect(title(page)).toContainText("Rebooting 1 of 6");
  const panel = page.getByRole("region", { name: "Rolling reboot" });
  await expect(panel).toContainText("1 of 6 nodes are back");
  await expect(panel).toContainText("not heard");
  await cluster.set({ reboot: { ...reboot, rebooted: 2 } });
  await expect(panel).toContainText(/a node/);
  await expect(page.getByRole("main")).toContainText(/2 of 6 nodes are back; a node takes \d+ s/);
  await cluster.set({ reboot: { ...reboot, rebooted: 2, state: "REBOOT_PAUSED" } });
  await expect(title(page)).toContainText("Rebooting 2 of 6, paused");
  await expectAccessible(page);
  await page.goto(`${proxy.url}/wall/${id}`);
  const tile = page.getByRole("article", { name });
  await expect(tile).toContainText(/Rebooting 2.of.6\s*Paused/);
  await expect(tile).toContainText("the cluster has paused the reboot");
  await cluster.set({
    reboot: { ...reboot, rebooted: 2, state: "REBOOT_PAUSED_DUE_TO_ERROR", error: "no quorum" },
  });
  await expect(tile).toContainText("Reboot stopped at 2 of 6");
  await expect(tile).toContainText("no quorum");
});

test("endpoints beside the status that hang hold up no picture", async ({
  page,
  pretend,
  watch,
}) => {
  const state = "UPGRADE_STATE_PREPARING";
  const { cluster, proxy } = await opened(
    { page, pretend, watch },
    { situation: { state, progress: 10, settings: usualSettings } },
  );
  const silent = { wire: "", thenClose: false };
  for (const path of [
    "/v1/version",
    "/v1/session/who-am-i",
    "/v1/cluster/settings",
    "/v2/upgrade/blocked",
    "/v1/shutdown/reboot/status",
  ]) {
    await cluster.reply(silent, path);
  }
  const ages: (number | null)[] = [];
  for (const progress of [11, 12, 13, 14, 15]) {
    await cluster.set({ progress });
    await expect(page.getByRole("main")).toContainText(`${progress} %`);
    const answer = await page.request.get(`${proxy.url}/api/clusters/${id}/upgrade/status`);
    const { ageMs, staleAfterMs } = await answer.json();
    ages.push(ageMs < staleAfterMs ? null : ageMs);
    await expect(page.getByRole("status", { name: "Freshness" })).toContainText("Live");
  }
  expect(ages).toEqual([null, null, null, null, null]);
  await cluster.set({ state: "UPGRADE_STATE_REBOOTING" });
  await expect(title(page)).toHaveText("Rebooting");
  await expect(notices(page)).toBeHidden();
});

test("a cluster that has no such endpoint at all is said to have none, and is asked again", async ({
  page,
  pretend,
  watch,
}) => {
  const { cluster } = await opened({ page, pretend, watch }, { situation: { apiGenerations: [] } });
  await expect(page.getByRole("status", { name: "Connection" })).toContainText(
    "There is no /v3/upgrade/status here (404)",
  );
  const asked = new Set(cluster.requests.map(({ path }) => path));
  for (const generation of ["v3", "v2", "v1"]) {
    expect(asked).toContain(`/${generation}/upgrade/status`);
  }
  await cluster.set({ apiGenerations: [3] });
  await expect(title(page)).toContainText("Idle");
});
