import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeTestCertificate } from "./cluster/testing/certificates.ts";
import { loadConfiguration, parseYaml } from "./configurationFile.ts";
import { readOptions } from "./options.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "upgrade-watch-configuration-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function load(argv: readonly string[], environment: Record<string, string> = {}) {
  const options = readOptions(argv);
  if (options.kind !== "run") {
    throw new Error(JSON.stringify(options));
  }
  return loadConfiguration(options, environment, folder);
}

async function loadFile(yaml: string, ...argv: string[]) {
  await writeFile(join(folder, "watch.yaml"), yaml);
  return load(["--config", "watch.yaml", ...argv]);
}

async function faultsOfFile(yaml: string, ...argv: string[]): Promise<readonly string[]> {
  const loaded = await loadFile(yaml, ...argv);
  return loaded.ok ? [] : loaded.faults;
}

async function put(name: string, text: string, mode: number): Promise<string> {
  await writeFile(join(folder, name), text);
  await chmod(join(folder, name), mode);
  return join(folder, name);
}

describe("loadConfiguration", () => {
  it("needs neither file nor option", async () => {
    const loaded = await load([]);
    expect(loaded).toMatchObject({
      ok: true,
      configuration: { dataFolder: join(folder, "data"), clusters: [] },
    });
  });

  it("resolves what the file names from the file's folder", async () => {
    const token = await put("lon.token", "access-v1:x", 0o600);
    const { cert } = await makeTestCertificate({});
    const authority = await put("ca.pem", cert, 0o644);
    const loaded = await loadFile(`
clusters:
  - id: lon
    nodes: [https://127.0.0.1:8000]
    auth: { tokenFile: ./lon.token }
    tls: { caFile: ca.pem }
    window: { end: 2026-11-23T16:00:00Z }
`);
    expect(loaded).toMatchObject({
      ok: true,
      configuration: {
        clusters: [
          {
            auth: { kind: "token-file", path: token },
            trust: { kind: "ca-file", path: authority },
            windowEnd: Date.parse("2026-11-23T16:00:00Z"),
          },
        ],
      },
    });
  });

  it("refuses an authority's file in which there is no certificate", async () => {
    await put("ca.pem", "not a certificate", 0o644);
    expect(
      await loadFile(
        "clusters: [{ id: a, nodes: ['https://127.0.0.1:8000'], tls: { caFile: ca.pem } }]",
      ),
    ).toMatchObject({ ok: false, faults: [expect.stringContaining("there is no certificate")] });
  });

  it("puts the command line over the file", async () => {
    const loaded = await loadFile(
      "server: { port: 1, basePath: /w }\ndata: a",
      "--port=0",
      "--host=localhost",
      "--data=b",
    );
    expect(loaded).toMatchObject({
      ok: true,
      configuration: {
        server: { host: "localhost", port: 0, basePath: "/w/" },
        dataFolder: join(folder, "b"),
      },
    });
  });

  it("makes clusters of --cluster, each with an id of its own and the token from the environment", async () => {
    const loaded = await load(
      [
        ..."--cluster Lon=https://127.0.0.1:8001,https://127.0.0.1:8002 --insecure-tls".split(" "),
        ..."--cluster https://127.0.0.1:8000 --cluster https://127.0.0.1:8000".split(" "),
      ],
      { UPGRADE_WATCH_TOKEN: "canary" },
    );
    const auth = { kind: "token-environment", name: "UPGRADE_WATCH_TOKEN" };
    expect(loaded).toMatchObject({
      ok: true,
      configuration: {
        clusters: [
          { id: "lon", name: "Lon", auth, trust: { kind: "insecure" } },
          { id: "127-0-0-1", name: "127.0.0.1", auth, trust: { kind: "system" } },
          { id: "127-0-0-1-2", name: "127.0.0.1", auth },
        ],
      },
    });
  });

  it("names the option that a fault comes from", async () => {
    const loaded = await load(
      "--cluster http://a:8000 --fingerprint AB --port 70000 --host 0.0.0.0".split(" "),
    );
    const faults = loaded.ok ? [] : loaded.faults;
    expect(faults.map((fault) => fault.split(": found")[0])).toEqual([
      "command line: --port",
      "command line: --cluster number 1, nodes[0]",
      "command line: --cluster number 1, tls.fingerprint256[0]",
      "command line: server.viewers",
    ]);
  });

  it("lists every fault, of values and across them, with the file's name", async () => {
    const faults = await faultsOfFile("colour: red\nzone: Mars\nserver: { host: 0.0.0.0 }\n");
    expect(faults.map((fault) => fault.split(": found")[0])).toEqual([
      "watch.yaml: zone",
      "watch.yaml: colour",
      "watch.yaml: server.viewers",
    ]);
  });

  it("names every missing file at once", async () => {
    const faults = await faultsOfFile(`
server: { tls: { cert: cert.pem, key: key.pem } }
clusters:
  - { id: a, nodes: [https://a], auth: { tokenFile: t }, tls: { caFile: c } }
  - { id: b, nodes: [https://b], auth: { tokenEnv: NOT_SET } }
`);
    expect(faults.map((fault) => fault.split(": found")[0])).toEqual([
      "watch.yaml: server.tls.cert",
      "watch.yaml: server.tls.key",
      "watch.yaml: clusters[0].auth.tokenFile",
      "watch.yaml: clusters[0].tls.caFile",
      "watch.yaml: clusters[1].auth.tokenEnv",
    ]);
    expect(faults[0]).toContain("there is no such file");
  });

  it("names missing files beside faults of every other kind", async () => {
    const faults = await faultsOfFile(`
colour: red
server: { port: 70000, host: 0.0.0.0, viewers: { users: { noc: { passwordFile: noc.pw } } } }
clusters:
  - { id: Lon, nodes: [], auth: { tokenFile: t, tokenEnv: NOT_SET } }
`);
    expect(new Set(faults.map((fault) => fault.split(": found")[0]))).toEqual(
      new Set([
        "watch.yaml: clusters[0].auth",
        "watch.yaml: clusters[0].auth.tokenEnv",
        "watch.yaml: clusters[0].auth.tokenFile",
        "watch.yaml: clusters[0].id",
        "watch.yaml: clusters[0].nodes",
        "watch.yaml: colour",
        "watch.yaml: server.port",
        "watch.yaml: server.tls",
        "watch.yaml: server.viewers.users.noc.passwordFile",
      ]),
    );
  });

  it("refuses a secret that others can read, unless that is allowed", async () => {
    await put("t", "canary", 0o604);
    const cluster =
      "clusters: [{ id: a, nodes: [https://a], auth: { username: u, passwordFile: t } }]";
    const faults = await faultsOfFile(cluster);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      /clusters\[0\]\.auth\.passwordFile.*everyone on this machine can read/,
    );
    expect(faults[0]).not.toContain("canary");
    expect(await faultsOfFile(`allowReadableSecrets: true\n${cluster}`)).toEqual([]);
  });

  it("repeats no token that stands where its file should", async () => {
    const faults = await faultsOfFile(
      "clusters: [{ id: a, nodes: [https://a], auth: { tokenFile: 'access-v1:canary' } }]",
    );
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain("never the secret itself");
    expect(faults[0]).not.toContain("canary");
  });

  it("refuses a secret of several lines without repeating it", async () => {
    await put("t", "canary\nsecond line\n", 0o600);
    const faults = await faultsOfFile(
      "clusters: [{ id: a, nodes: [https://a], auth: { tokenFile: t } }]",
    );
    expect(faults).toEqual([expect.stringContaining("holds more than one line")]);
    expect(faults[0]).not.toContain("canary");
  });

  it("refuses an empty secret and a folder", async () => {
    await put("t", " \n", 0o600);
    const faults = await faultsOfFile(
      "clusters: [{ id: a, nodes: [https://a], auth: { tokenFile: t }, tls: { caFile: . } }]",
    );
    expect(faults.join("\n")).toMatch(/which is empty[^]*it is a folder/);
  });

  it("says in one line that there is no configuration file", async () => {
    expect(await load(["--config", "nowhere.yaml"])).toEqual({
      ok: false,
      places: [],
      faults: ["nowhere.yaml: the configuration file can't be read: there is no such file"],
    });
  });

  it("refuses a start while the environment switches certificate checks off", async () => {
    const loaded = await load([], { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect(loaded.ok ? [] : loaded.faults).toEqual([
      expect.stringContaining("NODE_TLS_REJECT_UNAUTHORIZED is 0"),
    ]);
  });

  it("reads viewers with their passwords", async () => {
    const file = await put("noc.pw", "x", 0o600);
    const loaded = await loadFile(
      "server: { viewers: { users: { noc: { passwordFile: noc.pw } } } }",
    );
    expect(loaded).toMatchObject({
      ok: true,
      configuration: { server: { viewers: { users: [{ name: "noc", passwordFile: file }] } } },
    });
  });
});

describe("parseYaml", () => {
  it.each([
    ["a: [1", "line 1"],
    ["a: 1\na: 2", "unique"],
    ["a: !secret canary", "line 1"],
    ["a: 1\n---\nb: 2", "line 2"],
    ["a: *b", "alias"],
  ])("refuses %j and says where", (text, words) => {
    const parsed = parseYaml(text);
    const faults = parsed.ok ? [] : parsed.faults;
    expect(faults.join("\n")).toContain(words);
    expect(faults.join("\n")).not.toContain("canary");
  });

  it("refuses aliases that multiply", () => {
    const levels = Array.from({ length: 9 }, (_, index) => {
      const alias = `*a${index}`;
      return `a${index + 1}: &a${index + 1} [${Array.from({ length: 9 }, () => alias).join(", ")}]`;
    });
    expect(parseYaml(["a0: &a0 [x]", ...levels].join("\n")).ok).toBe(false);
  });
});
