/** What opens a cluster must not leave the server, even where the cluster itself repeats it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

test("a token that the cluster echoes reaches no answer, no log and no file", async ({
  page,
  pretend,
  watch,
  request,
}) => {
  const cluster = await pretend();
  const { token } = cluster;
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Idle");
  const json = { "content-type": "application/json" };
  const said = `header was: Authorization: Bearer ${token}`;
  const status = {
    state: "UPGRADE_STATE_PREPARING",
    progress: 5,
    settings: { ...usualSettings, install_path: said },
    error_info: said,
  };
  await cluster.reply({ status: 200, headers: json, body: JSON.stringify(status) });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Bearer [secret]");
  const refusal = { error_class: "proxy_error", description: said };
  await cluster.reply({ status: 502, headers: json, body: JSON.stringify(refusal) });
  await expect(page.getByRole("status", { name: "Connection" })).toContainText("[secret]");

  const answers = await Promise.all(
    ["api/clusters", "api/clusters/one/upgrade/status", "api/clusters/one/history"].map(
      async (path) => (await request.get(`${proxy.url}/${path}`)).text(),
    ),
  );
  answers.push(await page.content());
  // It would ask on while the server is away.
  await page.close();
  expect(await proxy.stop()).toBe(0);
  const data = join(proxy.folder, "data");
  const files = readdirSync(data).map((name) => readFileSync(join(data, name), "latin1"));
  expect(files.length).toBeGreaterThan(0);
  for (const text of [...answers, ...files, proxy.output()]) {
    expect(text.includes(token)).toBe(false);
  }
});
