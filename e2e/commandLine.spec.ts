/** What whoever starts the program is told when it can't start, and how it ends. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures.ts";
import { runProgram as run } from "./program.ts";

let folder = "";

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-command-line-"));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

const stackTrace = /^\s+at .+:\d+:\d+\)?$/m;

test("a bad configuration ends with code 2 and every fault, each with its place", async () => {
  const file = written(
    "bad.yaml",
    `server: { port: 70000, colour: red }
poll: { active: 1ms }
clusters:
  - { id: "Not An Id", nodes: [http://10.20.0.11:8000], auth: { tokenFile: ./missing } }
`,
  );
  const { code, error } = await run(["--config", file]);
  expect(code).toBe(2);
  for (const place of [
    "server.port",
    "server.colour",
    "poll.active",
    "clusters[0].id",
    "clusters[0].nodes[0]",
    "clusters[0].auth.tokenFile",
  ]) {
    expect(error).toContain(place);
  }
  expect(error).not.toMatch(stackTrace);
});

test("a file that is not there ends with one sentence", async () => {
  const { code, error } = await run(["--config", join(folder, "none.yaml")]);
  expect(code).toBe(2);
  expect(error).toContain("none.yaml");
  expect(error.trim().split("\n")).toHaveLength(1);
});

test("a port in use ends with code 1 and one sentence", async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => {
    holder.listen(0, "127.0.0.1", resolve);
  });
  const address = holder.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { code, error } = await run(["--port", String(port), "--data", join(folder, "data")], {
    LOG_LEVEL: "silent",
  });
  holder.close();
  expect(code).toBe(1);
  expect(error).toContain(String(port));
  expect(error.trim().split("\n")).toHaveLength(1);
});

test("a second instance on the same data is refused by the number of the first", async ({
  pretend,
  watch,
}) => {
  const proxy = await watch({ clusters: [{ id: "one", cluster: await pretend() }] });
  const { code, error } = await run(["--data", join(proxy.folder, "data"), "--port", "0"], {
    LOG_LEVEL: "silent",
  });
  expect(code).toBe(1);
  expect(error).toMatch(/in use by process \d+/);
  expect(error).not.toMatch(stackTrace);
});

test("a token on the command line is refused, and not repeated", async () => {
  const { code, error } = await run(["--token", "access-v1:canary"]);
  expect(code).toBe(2);
  expect(error).toContain("UPGRADE_WATCH_TOKEN");
  expect(error).not.toContain("canary");
});

test("a start is refused where certificates are not checked at all", async () => {
  const { code, error } = await run(["--check-config"], { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
  expect(code).toBe(2);
  expect(error).toContain("NODE_TLS_REJECT_UNAUTHORIZED");
});

const one = "clusters: [{ id: one, nodes: ['https://127.0.0.1:8000'] }]";
const refusals = [
  ["poll: { idle: 0s }", "poll.idle: found", "1s"],
  ["poll: { active: 1ms }", "poll.active: found", "1s"],
  ["poll: { idle: 10d }", "poll.idle: found", "1h"],
  ["poll: { timeout: 100ms }", "poll.timeout: found", "0.5s"],
  ["poll: { timeout: 5m }", "poll.timeout: found", "60s"],
  ["server: { host: 0.0.0.0 }", "server.viewers: found nothing", "anyone"],
  [
    "server: { host: 0.0.0.0, viewers: { users: { noc: { passwordFile: ./good.pw } } } }",
    "server.tls: found nothing",
    "HTTPS",
  ],
] as const;

for (const [setting, place, allowed] of refusals) {
  test(`a start with ${setting} is refused in one line that says what is allowed`, async () => {
    written("good.pw", "open:sesame");
    chmodSync(join(folder, "good.pw"), 0o600);
    const { code, error } = await run(["--config", written("watch.yaml", `${setting}\n${one}\n`)]);
    expect(code).toBe(2);
    expect(error.trim().split("\n")).toHaveLength(1);
    expect(error).toContain(place);
    expect(error).toContain(allowed);
  });
}

const secrets = [
  ["a newline and a byte order mark around it", "\ufeffaccess-v1:canary\r\n", 0o600, null],
  ["a second line", "access-v1:canary\nX-Other: canary", 0o600, "more than one line"],
  ["a control character", "access-v1:can\u0000ary", 0o600, "characters that no secret has"],
  ["nothing", "\n", 0o600, "which is empty"],
  [
    "everyone allowed to read it",
    "access-v1:canary",
    0o604,
    "which everyone on this machine can read",
  ],
] as const;

for (const [what, content, mode, refusal] of secrets) {
  const verb = refusal === null ? "can be used" : "is refused, and not repeated";
  test(`a token file with ${what} ${verb}`, async () => {
    chmodSync(written("token", content), mode);
    const cluster = "{ id: one, nodes: ['https://127.0.0.1:8000'], auth: { tokenFile: ./token } }";
    const file = written("watch.yaml", `clusters: [${cluster}]\n`);
    const { code, error, out } = await run(["--config", file, "--check-config"]);
    expect(code).toBe(refusal === null ? 0 : 2);
    expect(error).toContain(refusal ?? "");
    expect(error + out).not.toContain("canary");
  });
}

test("an authority's file that is not there is refused in one line", async () => {
  const cluster = "{ id: one, nodes: ['https://127.0.0.1:8000'], tls: { caFile: ./none.pem } }";
  const { code, error } = await run([
    "--config",
    written("watch.yaml", `clusters: [${cluster}]\n`),
  ]);
  expect(code).toBe(2);
  expect(error.trim().split("\n")).toHaveLength(1);
  expect(error).toContain("clusters[0].tls.caFile");
  expect(error).toContain("there is no such file");
});

test("--help and --version answer, --check-config says that a file can be used", async () => {
  expect((await run(["--help"])).out).toContain("--cluster");
  expect((await run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  const file = written("good.yaml", "clusters: [{ id: one, nodes: ['https://127.0.0.1:8000'] }]");
  expect(await run(["--config", file, "--check-config"])).toMatchObject({ code: 0, error: "" });
});

test("the start is refused where others could look unasked, and not where that was said", async ({
  pretend,
}) => {
  const cluster = await pretend();
  const users = { noc: { passwordFile: written("noc.password", "open:sesame") } };
  const trustedHeader = { name: "x-forwarded-user", from: ["127.0.0.1/32"] };
  const matrix = [
    [{ host: "0.0.0.0" }, "server.viewers"],
    [{ host: "::" }, "server.viewers"],
    [{ host: "192.0.2.7" }, "server.viewers"],
    [{ host: "watch.example" }, "server.viewers"],
    [{ host: "0.0.0.0", viewers: { users } }, "server.tls"],
    [{ host: "0.0.0.0", viewers: { users, trustedHeader } }, "server.tls"],
    [
      { host: "0.0.0.0", viewers: { trustedHeader: { ...trustedHeader, from: ["0.0.0.0/0"] } } },
      "from[0]",
    ],
    [{ host: "0.0.0.0", viewers: {} }, "server.viewers"],
    [{ host: "0.0.0.0", viewers: "anyone" }, null],
    [{ host: "0.0.0.0", viewers: { trustedHeader } }, null],
    [{ host: "127.0.0.1" }, null],
    [{ host: "localhost" }, null],
    [{ host: "::1", viewers: { users } }, null],
  ] as const;
  await Promise.all(
    matrix.map(async ([server, fault], index) => {
      const clusters = [{ id: "one", nodes: cluster.urls }];
      const file = written(`${index}.yaml`, JSON.stringify({ server, clusters }));
      const { code, error } = await run(["--config", file, "--check-config"]);
      expect([server, code]).toEqual([server, fault === null ? 0 : 2]);
      expect(error).toContain(fault ?? "");
    }),
  );
  const overridden = await run(["--config", join(folder, "10.yaml"), "--host", "0.0.0.0"]);
  expect(overridden).toMatchObject({ code: 2, out: "" });
});

test("a history is exported while the server runs, and imported where none does", async ({
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { state: "UPGRADE_STATE_PREPARING", progress: 7 } });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  const states = async (url: string, id: string): Promise<string> =>
    await (await fetch(`${url}/api/clusters/${id}/history?from=2020-01-01T00:00:00Z`)).text();
  await expect.poll(() => states(proxy.url, "one")).toContain('"progress":7');
  const file = join(folder, "history.gz");
  const data = join(proxy.folder, "data");
  const exported = await run(["export", file, "--data", data]);
  expect(exported).toMatchObject({ code: 0, out: "" });
  expect(exported.error).toMatch(/^Exported 1 cluster: \d+ records? and 0 notes\.\n$/);
  expect(await run(["import", file, "--data", data])).toMatchObject({
    code: 1,
    error: expect.stringContaining("is in use by process"),
  });
  const other = join(folder, "other");
  expect(await run(["import", file, "--data", other, "--as", "one=two"])).toMatchObject({
    code: 0,
    out: expect.stringContaining("two: "),
    error: "",
  });
  const again = await run(["export", join(folder, "again.gz"), "--data", other]);
  expect(again.error).toBe(exported.error);
});
