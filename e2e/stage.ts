/** What many tests begin with: one pretend cluster, watched, with its page open. */
import type { Page } from "@playwright/test";
import type { ManualCluster } from "../src/simulator/manualCluster.ts";
import type { Stage } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

export const id = "lon-prod-1";
export const name = "London production";

/** A pretend cluster, watched, with its page open. */
export async function opened(
  { page, pretend, watch }: Stage,
  options: Parameters<Stage["pretend"]>[0] = {},
): Promise<{ readonly cluster: ManualCluster; readonly proxy: RunningProxy }> {
  const cluster = await pretend({ name, ...options });
  const proxy = await watch({ clusters: [{ id, cluster, more: { name } }] });
  await page.goto(`${proxy.url}/clusters/${id}`);
  return { cluster, proxy };
}

export const title = (page: Page) => page.getByRole("heading", { level: 1 });
export const notices = (page: Page) => page.getByRole("list", { name: "Notices" });
