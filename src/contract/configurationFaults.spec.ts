import { describe, expect, it } from "vitest";
import { faultLine } from "./configurationFault.ts";
import { cluster, faults, faultyPaths, pin } from "./testing/configuration.ts";

describe("the faults of a configuration", () => {
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

  it("refuses an id that two clusters have", () => {
    const clusters = [cluster, { ...cluster, id: "other" }, { ...cluster, id: cluster.id }];
    expect(faults({ clusters }).map(faultLine)).toEqual([
      `clusters[2].id: found "${cluster.id}", which clusters[0] has too; allowed is an id of its own for every cluster`,
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
});
