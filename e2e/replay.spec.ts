/** An upgrade that is over, seen again on the real page and wall, and never taken for the present. */
import type { Page } from "@playwright/test";
import * as z from "zod/mini";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { id, opened, title } from "./stage.ts";

const bar = (page: Page) => page.getByRole("region", { name: "Replay" });
const slider = (page: Page) => page.getByRole("slider", { name: "Moment of the replay" });
const course = (page: Page) => page.getByRole("status", { name: "Course of the replay" });
const freshness = (page: Page) => page.getByRole("status", { name: "Freshness" });
const answered = z.object({ now: z.string(), state: z.nullable(z.string()) });

/** An upgrade with a reboot, from idle to idle; when it was in which state, by the server's clock. */
async function upgraded(stage: Parameters<typeof opened>[0]) {
  const { cluster, proxy } = await opened(stage);
  const at = new Map<string, string>();
  const heard = async (name: string, state: string): Promise<void> => {
    await expect(async () => {
      const response = await fetch(`${proxy.url}/api/clusters/${id}/upgrade/status`);
      const answer = answered.parse(await response.json());
      expect(answer.state).toBe(state);
      at.set(name, answer.now);
    }).toPass();
  };
  await heard("idle", "UPGRADE_STATE_IDLE");
  const state = "UPGRADE_STATE_PREPARING";
  await cluster.set({ state, progress: 10, settings: usualSettings });
  await heard("10 %", state);
  await cluster.set({ progress: 62 });
  await expect(stage.page.getByRole("main")).toContainText("62 %");
  await heard("62 %", state);
  await cluster.set({ state: "UPGRADE_STATE_COMMITTING" });
  await heard("committing", "UPGRADE_STATE_COMMITTING");
  await cluster.behave("refused");
  await expect(freshness(stage.page)).toContainText("Last heard");
  await heard("away", "UPGRADE_STATE_COMMITTING");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", version: "7.2.3", behaviour: "answering" });
  await heard("over", "UPGRADE_STATE_IDLE");
  const moment = (name: string): string => at.get(name) ?? "";
  return { proxy, moment };
}

/** Lets the page's clock go on until something holds. */
async function played(page: Page, holds: () => Promise<void>, stepMs = 100): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(stepMs);
    await holds();
  }).toPass({ intervals: [20] });
}

test("an upgrade is seen again on page and wall, marked on every part, by keyboard too", async ({
  page,
  pretend,
  watch,
}) => {
  const { proxy, moment } = await upgraded({ page, pretend, watch });
  const replay = `replay=${moment("idle")}&until=${moment("over")}`;
  const bodies: string[] = [];
  const look = async (holds: () => Promise<void>, stepMs?: number): Promise<void> => {
    await played(page, holds, stepMs);
    bodies.push(await page.locator("body").innerText());
    expect(await page.title()).toMatch(/^REPLAY · /);
  };
  const future = await fetch(`${proxy.url}/api/clusters?at=2999-01-01T00:00:00Z`);
  expect([future.status, await future.text()]).toEqual([400, expect.stringContaining("future")]);
  await page.clock.install();
  await page.goto(`${proxy.url}/clusters/${id}/runs/latest`);
  await page.getByRole("link", { name: "Replay" }).click();
  await expect(course(page)).toHaveText("Plays at 1×");
  await page.goto(`${proxy.url}/clusters/${id}?${replay}&speed=1`);
  await page.clock.pauseAt(Date.now() + 1000);
  const soon = { timeout: 50 };
  for (const [where, words] of [
    [title(page), "Preparing"],
    [page.getByRole("main"), "62 %"],
    [title(page), "Committing"],
    [title(page), "Upgraded to 7.2.3"],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    await look(() => expect(where).toContainText(words, soon), 250);
  }
  await look(() => expect(course(page)).toHaveText("The replay has ended.", soon), 500);
  await expect(freshness(page)).toContainText("Replay");
  await expect(bar(page)).toContainText("REPLAY");

  await slider(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await expect(course(page)).toHaveText("Stopped");
  await look(() => expect(title(page)).toContainText("Idle", soon));
  const before = await slider(page).getAttribute("aria-valuetext");
  await page.keyboard.press("PageUp");
  await expect(slider(page)).not.toHaveAttribute("aria-valuetext", before ?? "");
  await expect(page).toHaveURL(/at=2/);
  await page.keyboard.press("End");
  await look(() => expect(title(page)).toContainText("7.2.3", soon));
  await page.keyboard.press("k");
  await expect(course(page)).toHaveText("Plays at 1×");
  await page.getByRole("combobox", { name: "Speed" }).selectOption("600");
  await expect(page).toHaveURL(/speed=600/);
  await look(() => expect(course(page)).toHaveText("The replay has ended.", soon));
  await page.clock.resume();
  await expectAccessible(page);

  await page.goto(`${proxy.url}/wall/${id}?${replay}&at=${moment("62 %")}`);
  await expect(page.getByRole("article")).toContainText("Preparing 62 %");
  await expect(page.getByRole("banner")).toContainText("REPLAY");
  await expect(page.getByRole("contentinfo")).not.toContainText("ignored");
  await expectAccessible(page);
  bodies.push(await page.locator("body").innerText());
  await page.goto(`${proxy.url}/wall?${replay}&at=${moment("away")}`);
  await expect(page.getByRole("article")).toContainText("Away");
  await expectAccessible(page);
  bodies.push(await page.locator("body").innerText());
  for (const body of bodies) {
    expect(body).toContain("REPLAY");
    expect(body).not.toMatch(/\blive\b/i);
  }

  await page.getByRole("link", { name: "Leave the replay" }).click();
  await expect(freshness(page)).toContainText("Live");
  await expect(bar(page)).toHaveCount(0);
  expect(await page.title()).not.toContain("REPLAY");
  await expect(page).toHaveURL((url) => url.search === "");
});
