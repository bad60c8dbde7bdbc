import { describe, expect, it } from "vitest";
import {
  cluster,
  faultyPaths,
  firstCluster,
  pin,
  pinWritten,
  read,
} from "./testing/configuration.ts";

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
          clusterName: "lon-core",
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
        clusterName: "lon-core",
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
