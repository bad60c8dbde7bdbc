/** A configuration that is changed while the program runs, and taken in on SIGHUP. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { makeTestCertificate } from "../src/proxy/cluster/testing/certificates.ts";
import { expect, type Stage, test } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

/** One value of `/metrics`; undefined when there is none. */
async function metric(proxy: RunningProxy, key: string): Promise<number | undefined> {
  const text = await (await fetch(`${proxy.url}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(`${key} `));
  return line === undefined ? undefined : Number(line.slice(key.length));
}

async function fleetOf(proxy: RunningProxy): Promise<string[]> {
  const { clusters } = await (await fetch(`${proxy.url}/api/clusters`)).json();
  return clusters.map(({ id, name }: { id: string; name: string }) => `${id}: ${name}`);
}

async function twoClusters({ pretend, watch }: Pick<Stage, "pretend" | "watch">) {
  const one = { id: "one", cluster: await pretend(), more: { name: "London" } };
  const two = { id: "two", cluster: await pretend(), more: { name: "Frankfurt" } };
  return { one, two, proxy: await watch({ clusters: [one, two] }) };
}

test("a new configuration with faults leaves the one before in force, and every page says so until it is mended", async ({
  page,
  pretend,
  watch,
}) => {
  const { one, two, proxy } = await twoClusters({ pretend, watch });
  const successful = "upgrade_watch_config_last_reload_successful";
  expect(await metric(proxy, successful)).toBe(1);
  proxy.configure({ clusters: [one], more: { poll: { active: "1ms" }, colour: "red" } });
  proxy.reload();
  const words =
    "The new configuration has 2 faults at poll.active, colour; the one before stays in force.";
  for (const address of ["/", "/clusters/one", "/wall", "/wall/one"]) {
    // oxlint-disable-next-line no-await-in-loop
    await page.goto(`${proxy.url}${address}`);
    // oxlint-disable-next-line no-await-in-loop
    await expect(page.getByRole("list", { name: "Notices" })).toContainText(words);
  }
  expect(await metric(proxy, successful)).toBe(0);
  expect(await metric(proxy, 'upgrade_watch_notice{code="configuration-kept"}')).toBe(1);
  expect(await fleetOf(proxy)).toEqual(["one: London", "two: Frankfurt"]);
  expect(proxy.output()).toContain('poll.active: found \\"1ms\\"');
  // The clusters are watched on.
  await two.cluster.set({ state: "UPGRADE_STATE_PREPARED" });
  await page.goto(`${proxy.url}/clusters/two`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Prepared");

  proxy.configure("clusters: [");
  proxy.reload();
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("has a fault;");

  proxy.configure({ clusters: [one, two] });
  proxy.reload();
  await expect(page.getByRole("list", { name: "Notices" })).toHaveCount(0);
  expect(await metric(proxy, successful)).toBe(1);
});

test("a cluster that is taken out leaves the pages at once, one that is renamed and one that is added are there, and history stays under its id", async ({
  page,
  pretend,
  watch,
}) => {
  const { one, two, proxy } = await twoClusters({ pretend, watch });
  const three = { id: "three", cluster: await pretend(), more: { name: "Paris" } };
  await page.goto(proxy.url);
  await expect(page.getByText("Frankfurt")).toBeVisible();
  await expect.poll(() => two.cluster.requests.length).toBeGreaterThan(2);
  proxy.configure({ clusters: [three, { ...one, more: { name: "London Docklands" } }] });
  proxy.reload();
  await expect(page.getByText("London Docklands")).toBeVisible();
  await expect(page.getByText("Paris")).toBeVisible();
  await expect(page.getByText("Frankfurt")).toHaveCount(0);
  expect(await fleetOf(proxy)).toEqual(["three: Paris", "one: London Docklands"]);
  expect((await fetch(`${proxy.url}/api/clusters/two/upgrade/status`)).status).toBe(404);
  expect(await metric(proxy, 'upgrade_watch_cluster_up{cluster="two"}')).toBeUndefined();

  const left = two.cluster.requests.length;
  const later = one.cluster.requests.length + 3;
  await expect.poll(() => one.cluster.requests.length).toBeGreaterThan(later);
  expect(two.cluster.requests.length).toBe(left);

  proxy.configure({ clusters: [one, two, three] });
  proxy.reload();
  const kinds = async (): Promise<string> => {
    const answer = await fetch(`${proxy.url}/api/clusters/two/history`);
    const { spans = [] } = await answer.json();
    return spans.map(({ kind }: { kind: string }) => kind).join();
  };
  // The time in which it was not watched is told as such.
  await expect.poll(kinds).toBe("status,unobserved,status");
});

test("a token that is replaced in its file is taken after a 401, and on a reload before there is one", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  const file = join(proxy.folder, "one.token");
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Idle");
  const seen = (token: string) => () =>
    cluster.requests.filter(({ headers }) => headers.authorization === `Bearer ${token}`).length;

  cluster.replaceToken("access-v1:second-canary");
  writeFileSync(file, "access-v1:second-canary\n");
  await expect.poll(seen("access-v1:second-canary")).toBeGreaterThan(1);
  await expect(page.getByRole("status", { name: "Freshness" })).toContainText("Live");

  // The old one is still good; a reload takes the new one all the same.
  writeFileSync(file, "\ufeffaccess-v1:third-canary\r\n");
  proxy.reload();
  await expect.poll(seen("access-v1:third-canary")).toBeGreaterThan(0);
  cluster.replaceToken("access-v1:third-canary");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Idle");
});

test("hosts, viewers and frame ancestors change at once, and what needs a restart is said", async ({
  pretend,
  watch,
}) => {
  const clusters = [{ id: "one", cluster: await pretend() }];
  const proxy = await watch({ clusters });
  const passwordFile = join(proxy.folder, "noc.password");
  writeFileSync(passwordFile, "open:sesame\n", { mode: 0o600 });
  const viewers = { users: { noc: { passwordFile } } };
  const frameAncestors = ["https://portal.example"];
  proxy.configure({ clusters, more: { server: { viewers, frameAncestors } } });
  proxy.reload();
  const status = async (password: string | null): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`noc:${password}`).toString("base64")}`;
    const headers: Record<string, string> = password === null ? {} : { authorization };
    return (await fetch(`${proxy.url}/metrics`, { headers })).status;
  };
  await expect.poll(() => status(null)).toBe(401);
  expect(await status("open:sesame")).toBe(200);
  const policy = (await fetch(proxy.url)).headers.get("content-security-policy");
  expect(policy).toContain("frame-ancestors https://portal.example");

  // The same file with another password, and an address that only a restart can give up.
  writeFileSync(passwordFile, "another:password\n");
  proxy.configure({ clusters, more: { server: { viewers, basePath: "/watch" }, data: "./else" } });
  proxy.reload();
  await expect.poll(() => status("another:password")).toBe(200);
  expect(await status("open:sesame")).toBe(401);

  proxy.configure({ clusters, more: { server: { basePath: "/watch" }, data: "./else" } });
  proxy.reload();
  await expect.poll(() => status(null)).toBe(200);
  const { notices } = await (await fetch(`${proxy.url}/api/clusters`)).json();
  expect(notices).toMatchObject([
    {
      code: "restart-needed",
      message:
        "server.basePath, data of the new configuration hold after a restart of Upgrade Watch only.",
    },
  ]);
  expect(await metric(proxy, "upgrade_watch_config_restart_needed")).toBe(1);
});

test("a certificate that is not checked is said on the page, at the start in the log, and in a metric, until it is checked", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const insecure = { id: "one", cluster, more: { tls: { insecure: true } } };
  const proxy = await watch({ clusters: [insecure] });
  const words = "The certificate is not checked";
  expect(proxy.output()).toContain(`"msg":"${words}`);
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByRole("list", { name: "Notices" })).toContainText(words);
  const flag = 'upgrade_watch_cluster_tls_insecure{cluster="one"}';
  expect(await metric(proxy, flag)).toBe(1);
  proxy.configure({ clusters: [{ id: "one", cluster }] });
  proxy.reload();
  await expect(page.getByRole("list", { name: "Notices" })).toHaveCount(0);
  // What was asked for a moment before is told again.
  await expect.poll(() => metric(proxy, flag)).toBe(0);
  await expect(page.getByRole("status", { name: "Freshness" })).toContainText("Live");
});

test("our own certificate is read again on a reload, and the one before stays where the new one does not fit its key", async ({
  pretend,
  watch,
}) => {
  const [first, second] = await Promise.all([makeTestCertificate({}), makeTestCertificate({})]);
  const clusters = [{ id: "one", cluster: await pretend() }];
  const proxy = await watch({ clusters });
  const put = (certificate: { cert: string; key: string }): void => {
    writeFileSync(join(proxy.folder, "cert.pem"), certificate.cert);
    writeFileSync(join(proxy.folder, "key.pem"), certificate.key, { mode: 0o600 });
  };
  put(first);
  proxy.configure({ clusters, more: { server: { tls: { cert: "cert.pem", key: "key.pem" } } } });
  const port = Number(new URL(proxy.url).port);
  // What runs over HTTP does so until a restart; the restart brings HTTPS.
  await proxy.restart();
  const served = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.once("error", reject);
    });
  expect(await served()).toBe(first.fingerprint256);

  writeFileSync(join(proxy.folder, "cert.pem"), second.cert);
  proxy.reload();
  await expect.poll(() => proxy.output()).toContain("HTTPS can't be served with");
  expect(await served()).toBe(first.fingerprint256);
  put(second);
  proxy.reload();
  await expect.poll(served).toBe(second.fingerprint256);
});

test("a log that is copied and cut while it is written goes on at the beginning of its file", async ({
  pretend,
  watch,
}) => {
  const clusters = [{ id: "one", cluster: await pretend() }];
  const proxy = await watch({
    clusters,
    through: (command, folder) => [
      "sh",
      "-c",
      `exec "$@" 2>>"$0"`,
      join(folder, "upgrade-watch.log"),
      ...command,
    ],
  });
  const file = join(proxy.folder, "upgrade-watch.log");
  const lines = (): string => {
    return readFileSync(file, "utf8");
  };
  await expect.poll(lines).toContain('"msg":"change"');
  copyFileSync(file, `${file}.1`);
  writeFileSync(file, "");
  proxy.reload();
  await expect.poll(lines).toMatch(/^\{"level":"info".*The configuration was reloaded"\}\n$/);
});
