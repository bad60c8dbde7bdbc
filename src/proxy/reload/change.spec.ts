import { describe, expect, it } from "vitest";
import type { Configuration } from "../../contract/configuration.ts";
import { cluster, read } from "../../contract/testing/configuration.ts";
import { clustersChange, inForce } from "./change.ts";

function named(id: string, more: object = {}): object {
  return { ...cluster, id, ...more };
}

function clustersOf(...entries: object[]): Configuration["clusters"] {
  return read({ clusters: entries }).clusters;
}

const tls = { cert: "cert.pem", key: "key.pem" };
const viewers = { users: { noc: { passwordFile: "noc.pw" } } };

describe("clustersChange", () => {
  it("tells what came, what went, what is reached otherwise and what is only said otherwise", () => {
    const before = clustersOf(named("same"), named("gone"), named("moved"), named("said"));
    const after = clustersOf(
      named("new"),
      named("moved", { nodes: ["https://127.0.0.2:8000"] }),
      named("said", { labels: { site: "london" } }),
      named("same"),
    );
    expect(clustersChange(before, after)).toEqual({
      added: [after[0]],
      removed: ["gone"],
      rerouted: new Set(["moved"]),
      changed: new Set(["moved", "said"]),
    });
  });

  it("takes another id for another cluster: what was heard stays under the old one", () => {
    const { added, removed } = clustersChange(clustersOf(named("old")), clustersOf(named("new")));
    expect([added.map(({ id }) => id), removed]).toEqual([["new"], ["old"]]);
  });
});

describe("inForce", () => {
  it("takes in what can change while the process runs", () => {
    const next = read({
      server: { hosts: ["watch.example"], frameAncestors: ["https://portal.example"], viewers },
      zone: "Europe/London",
      retention: { age: "10d" },
      poll: { idle: "10s" },
      clusters: [cluster],
    });
    expect(inForce(read({}), next)).toEqual({ configuration: next, afterRestart: [] });
  });

  it("holds back what only a restart can change, by its key", () => {
    const running = read({});
    const next = read({
      server: { host: "localhost", port: 4700, basePath: "/watch", tls },
      data: "other",
    });
    const { configuration, afterRestart } = inForce(running, next);
    expect(configuration).toEqual(running);
    expect(afterRestart).toEqual([
      "server.host",
      "server.port",
      "server.basePath",
      "server.tls",
      "data",
    ]);
  });

  it("takes in another certificate where HTTPS is served already", () => {
    const next = read({ server: { tls: { ...tls, cert: "new.pem" } } });
    expect(inForce(read({ server: { tls } }), next)).toEqual({
      configuration: next,
      afterRestart: [],
    });
  });

  it("opens no door that was meant for another address", () => {
    const running = read({ server: { host: "0.0.0.0", viewers, tls } });
    const { configuration, afterRestart } = inForce(running, read({ server: { tls } }));
    expect(configuration.server.viewers).toEqual(running.server.viewers);
    expect(afterRestart).toEqual(["server.host", "server.viewers"]);
  });
});
