import { describe, expect, it } from "vitest";
import { readConfiguration, type Configuration } from "./configuration.ts";
import { faultLine, type ConfigurationFault } from "./configurationFault.ts";

const surroundings = { resolvePath: (path: string) => `/etc/uw/${path}`, defaultZone: "UTC" };

const pin = "ab".repeat(32);
const pinWritten = Array.from({ length: 32 }, () => "AB").join(":");
const cluster = { id: "lon", nodes: ["https://10.20.0.11:8000"] };

function read(value: unknown): Configuration {
  const result = readConfiguration(value, surroundings);
  if (!result.ok) {
    throw new Error(result.faults.map(faultLine).join("\n"));
  }
  return result.configuration;
}

function faults(value: unknown): readonly ConfigurationFault[] {
  const result = readConfiguration(value, surroundings);
  return result.ok ? [] : result.faults;
}

function faultyPaths(value: unknown): readonly string[] {
  return faults(value).map((fault) => fault.path);
}

function firstCluster(fields: object) {
  return read({ clusters: [{ ...cluster, ...fields }] }).clusters[0];
}

describe("readConfiguration", () => {
  it("gives every default for an empty file", () => {
    expect(read(null)).toEqual({
      server: {
        host: "127.0.0.1",
        port: 4600,
        basePath: "/",
        hosts: [],
        frameAncestors: [],
        tls: null,
        viewers: { kind: "loopback" },
      },
      dataFolder: "/etc/uw/./data",
      retention: { ageMs: 400 * 86_400_000, bytes: 2e9 },
      poll: { activeMs: 1000, idleMs: 5000, timeoutMs: 5000 },
      zone: "UTC",
      allowReadableSecrets: false,
      clusters: [],
    });
  });

  it("reads a whole file into domain terms", () => {
    const configuration = read({
      server: {
        host: "0.0.0.0",
        port: 0,
        basePath: "/watch",
        hosts: ["Watch.example"],
        frameAncestors: ["https://noc.example"],
        tls: { cert: "cert.pem", key: "key.pem" },
        viewers: { users: { noc: { passwordFile: "noc.pw" } } },
      },
      data: "history",
      retention: { age: "30d", size: "500MB" },
      poll: { active: "2s", idle: "1m", timeout: "0.5s" },
      zone: "Europe/London",
      allowReadableSecrets: true,
      clusters: [
        {
          id: "lon-prod-1",
          name: "London production",
          nodes: ["https://10.20.0.11:8000/", "https://10.20.0.12:8000"],
          auth: { tokenFile: "lon.token" },
          tls: { caFile: "ca.pem", serverName: "qumulo.local" },
          labels: { site: "london", wave: "2" },
          window: { end: "2026-11-23T17:00:00+01:00" },
          runbook: "https://wiki.example/upgrade",
          contact: "storage on call",
          ticket: "CHG0031337",
        },
      ],
    });
    expect(configuration.server).toEqual({
      host: "0.0.0.0",
      port: 0,
      basePath: "/watch/",
      hosts: ["watch.example"],
      frameAncestors: ["https://noc.example"],
      tls: { certFile: "/etc/uw/cert.pem", keyFile: "/etc/uw/key.pem" },
      viewers: {
        kind: "known",
        users: [{ name: "noc", passwordFile: "/etc/uw/noc.pw" }],
        trustedHeader: null,
      },
    });
    expect(configuration.retention).toEqual({ ageMs: 30 * 86_400_000, bytes: 5e8 });
    expect(configuration.poll).toEqual({ activeMs: 2000, idleMs: 60_000, timeoutMs: 500 });
    expect(configuration.clusters).toEqual([
      {
        id: "lon-prod-1",
        name: "London production",
        nodes: ["https://10.20.0.11:8000", "https://10.20.0.12:8000"],
        auth: { kind: "token-file", path: "/etc/uw/lon.token" },
        trust: { kind: "ca-file", path: "/etc/uw/ca.pem", serverName: "qumulo.local" },
        labels: { site: "london", wave: "2" },
        windowEnd: Date.parse("2026-11-23T16:00:00Z"),
        zone: "Europe/London",
        runbook: "https://wiki.example/upgrade",
        contact: "storage on call",
        ticket: "CHG0031337",
      },
    ]);
  });

  it("names a cluster by its id, and trusts the system's authorities without a sign-in", () => {
    expect(firstCluster({})).toMatchObject({
      name: "lon",
      auth: { kind: "none" },
      trust: { kind: "system", serverName: null },
      windowEnd: null,
    });
  });

  it.each([
    [pin, [pinWritten]],
    [pinWritten.toLowerCase(), [pinWritten]],
    [
      [pin, "cd".repeat(32)],
      [pinWritten, pinWritten.replaceAll("AB", "CD")],
    ],
  ])("writes the fingerprint %s in upper case with colons", (fingerprint256, sha256) => {
    expect(firstCluster({ tls: { fingerprint256 } })?.trust).toEqual({
      kind: "fingerprint",
      sha256,
    });
  });

  it.each([
    [{ tokenEnv: "LON" }, { kind: "token-environment", name: "LON" }],
    [
      { username: "u", passwordFile: "f" },
      { kind: "password", username: "u", passwordFile: "/etc/uw/f" },
    ],
  ])("reads the sign-in %j", (auth, expected) => {
    expect(firstCluster({ auth })?.auth).toEqual(expected);
  });

  it("lists every fault at once, in the file and across it", () => {
    const paths = faultyPaths({
      sever: {},
      server: { host: "0.0.0.0", port: 70_000 },
      poll: { idle: "2h", active: "1ms", timeout: "61s" },
      database: { urlFile: "x" },
      clusters: [
        { ...cluster, nodes: ["http://a:8000"], colour: "red" },
        { ...cluster, auth: { tokenFile: "a", tokenEnv: "B" }, tls: { caFile: 5 } },
      ],
    });
    expect([...paths].sort()).toEqual([
      "clusters[0].colour",
      "clusters[0].nodes[0]",
      "clusters[1].auth",
      "clusters[1].id",
      "clusters[1].tls.caFile",
      "database",
      "poll.active",
      "poll.idle",
      "poll.timeout",
      "server.port",
      "server.viewers",
      "sever",
    ]);
  });

  it("says what was found and what is allowed, in plain English", () => {
    const told = faults({ server: { port: 70_000, tls: {} }, poll: { idle: "2h" } }).map(faultLine);
    expect(told).toEqual([
      "server.port: found 70000; allowed is a whole number from 0 to 65535; 0 picks a free port",
      "server.tls.cert: found nothing; allowed is the path of a file",
      "server.tls.key: found nothing; allowed is the path of a file",
      'poll.idle: found "2h"; allowed is an interval from 1s to 1h, such as 5s',
    ]);
  });

  it("never falls back on the words of the schema library", () => {
    const odd: readonly unknown[] = [5, "x", [], {}, null, true, [[]], { a: null }];
    const keys = [
      "server",
      "data",
      "retention",
      "poll",
      "zone",
      "allowReadableSecrets",
      "clusters",
    ];
    const clusterKeys = ["id", "name", "nodes", "auth", "tls", "labels", "window", "zone"];
    for (const value of odd) {
      const told = [
        ...keys.flatMap((key) => faults({ [key]: value })),
        ...clusterKeys.flatMap((key) => faults({ clusters: [{ ...cluster, [key]: value }] })),
        ...["users", "trustedHeader"].flatMap((key) =>
          faults({ server: { viewers: { [key]: value } } }),
        ),
      ];
      expect(told.map(faultLine).filter((line) => /invalid|expected/i.test(line))).toEqual([]);
    }
  });

  it.each([
    "http://10.0.0.1:8000",
    "https://user:secret@10.0.0.1:8000",
    "https://10.0.0.1:8000/v3",
    "https://10.0.0.1:8000/?a=b",
    "https://10.0.0.1:8000/#a",
    "https://169.254.169.254",
    "https://0xA9FEA9FE:8000",
    "https://2852039166",
    "https://[::ffff:169.254.169.254]:8000",
    "https://[fe80::1]:8000",
    "https://metadata.google.internal",
    "https://",
    "10.0.0.1:8000",
    5,
  ])("refuses the node %s and repeats no password", (node) => {
    const [fault, ...others] = faults({ clusters: [{ ...cluster, nodes: [node] }] });
    expect(others).toEqual([]);
    expect(fault?.path).toBe("clusters[0].nodes[0]");
    expect(fault?.found).not.toContain("secret");
  });

  it("never repeats what stands in a sign-in, not even under a wrong key", () => {
    const told = faults({
      clusters: [
        { ...cluster, auth: { token: "canary", tokenEnv: "canary secret" } },
        { ...cluster, id: "two", auth: { tokenFile: "access-v1:canary" } },
      ],
    });
    expect(told).toHaveLength(3);
    expect(JSON.stringify(told)).not.toContain("canary");
  });

  it.each([
    ["poll.active", { poll: { active: "0.9s" } }],
    ["poll.idle", { poll: { idle: "10d" } }],
    ["poll.timeout", { poll: { timeout: "0.4s" } }],
    ["poll.timeout", { poll: { timeout: 5 } }],
    ["retention.size", { retention: { size: "2 gigabytes" } }],
    ["zone", { zone: "Mars/Olympus" }],
    ["server.basePath", { server: { basePath: "/a/../b" } }],
    ["server.basePath", { server: { basePath: "a" } }],
    ["server.frameAncestors[0]", { server: { frameAncestors: ["https://a/b"] } }],
    ["server.frameAncestors[0]", { server: { frameAncestors: ["*"] } }],
    ["server.hosts[0]", { server: { hosts: ["https://a"] } }],
    ["server.viewers", { server: { viewers: {} } }],
    ["server.viewers", { server: { viewers: "everyone" } }],
    ["server.viewers", { server: { host: "::" } }],
    [
      "server.viewers.trustedHeader.from[0]",
      { server: { viewers: { trustedHeader: { name: "x-user", from: ["all"] } } } },
    ],
    [
      "server.tls",
      { server: { host: "10.0.0.1", viewers: { users: { a: { passwordFile: "f" } } } } },
    ],
  ])("refuses %s in %j", (path, value) => {
    expect(faultyPaths(value)).toEqual([path]);
  });

  it.each([
    ["id", { id: "Lon" }],
    ["id", { id: "a".repeat(64) }],
    ["name", { name: "x".repeat(49) }],
    ["nodes", { nodes: [] }],
    ["labels.wave", { labels: { wave: 2 } }],
    ["window.end", { window: { end: "2026-11-23" } }],
    ["runbook", { runbook: "javascript:alert(1)" }],
    ["tls", { tls: { caFile: "a", insecure: true } }],
    ["tls.serverName", { tls: { serverName: "a", insecure: true } }],
    ["tls.fingerprint256", { tls: { fingerprint256: "abc" } }],
    ["tls.fingerprint256", { tls: { fingerprint256: [pin, pin, pin] } }],
    ["auth", { auth: {} }],
    ["auth", { auth: { username: "u" } }],
  ])("refuses a cluster's %s in %j", (path, fields) => {
    expect(faultyPaths({ clusters: [{ ...cluster, ...fields }] })).toEqual([`clusters[0].${path}`]);
  });

  it("counts a name in graphemes, as people do", () => {
    expect(firstCluster({ name: "👩‍👩‍👧".repeat(48) })?.name).toHaveLength(48 * 8);
  });

  it.each(["127.0.0.1", "127.8.8.8", "localhost", "::1"])("asks for no viewers on %s", (host) => {
    expect(read({ server: { host } }).server.viewers).toEqual({ kind: "loopback" });
  });

  it("takes the word anyone for every address", () => {
    expect(read({ server: { host: "0.0.0.0", viewers: "anyone" } }).server.viewers).toEqual({
      kind: "anyone",
    });
  });

  it("allows the same address under several ids", () => {
    expect(read({ clusters: [cluster, { ...cluster, id: "lon-2" }] }).clusters).toHaveLength(2);
  });

  it("is not fooled by a key called __proto__", () => {
    const value: unknown = JSON.parse('{"__proto__": {"zone": "UTC"}, "zone": "UTC"}');
    expect(faultyPaths(value)).toEqual(["__proto__"]);
  });
});
