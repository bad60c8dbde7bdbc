import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { LookupFunction } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterAuth, ClusterTrust } from "../../../contract/clusterAccess.ts";
import { type Cluster, openCluster, type StatusPoll } from "../cluster.ts";
import { makeTestCertificate, type TestCertificate } from "./certificates.ts";
import { type Behaviour, type FaultServer, type Place, startFaultServer } from "./faultServer.ts";

/** Ample for whatever answers. */
export const patientMs = 20_000;
/** For what never answers: whatever it takes to find that out is a timeout. */
export const shortMs = 300;
/** The body of a valid reply. */
export const idle = {
  state: "UPGRADE_STATE_IDLE",
  progress: null,
  settings: null,
  error_info: null,
};

/** Servers, clients and files of a test, with one way to end them all. */
export type Rig = {
  readonly certificate: TestCertificate;
  readonly serve: (behaviour: Behaviour, place?: Place) => Promise<FaultServer>;
  /** By default without a token, and with the servers' own certificate pinned. */
  readonly open: (
    nodes: readonly string[],
    access?: {
      readonly auth?: ClusterAuth;
      readonly trust?: ClusterTrust;
      readonly clusterName?: string;
      readonly lookup?: LookupFunction;
    },
  ) => Cluster;
  readonly fileWith: (content: string) => Promise<string>;
  readonly later: (cleanUp: () => Promise<unknown>) => void;
  readonly now: () => number;
  readonly advance: (byMs: number) => void;
  readonly cleanUp: () => Promise<void>;
};

/** Makes a rig; a test file needs one, and cleans it up after each test. */
export async function makeRig(): Promise<Rig> {
  const certificate = await makeTestCertificate();
  const cleanUps: (() => Promise<unknown>)[] = [];
  const later: Rig["later"] = (cleanUp) => cleanUps.push(cleanUp);
  let time = Date.parse("2026-11-23T12:00:00Z");
  return {
    certificate,
    later,
    now: () => time,
    advance: (byMs) => {
      time += byMs;
    },
    serve: async (behaviour, place) => {
      const server = await startFaultServer(certificate, behaviour, place);
      later(server.close);
      return server;
    },
    open: (nodes, { auth, trust, lookup, clusterName = null } = {}) => {
      const pinned = { kind: "fingerprint", sha256: [certificate.fingerprint256] } as const;
      const cluster = openCluster(
        { nodes, auth: auth ?? { kind: "none" }, trust: trust ?? pinned, clusterName },
        {
          clock: { steadyMs: () => time, dateOf: (steadyMs) => steadyMs },
          userAgent: "upgrade-watch/test",
          ...(lookup === undefined ? {} : { lookup }),
        },
      );
      later(cluster.close);
      return cluster;
    },
    fileWith: async (content) => {
      const folder = await mkdtemp(join(tmpdir(), "upgrade-watch-"));
      later(() => rm(folder, { recursive: true }));
      const path = join(folder, "secret");
      await writeFile(path, content, { mode: 0o600 });
      return path;
    },
    cleanUp: async () => {
      await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
    },
  };
}

/** The kind of failure, or the quality of the reading. */
export function kindOf({ outcome }: StatusPoll): string {
  return outcome.kind === "failure" ? outcome.failure.kind : outcome.reading.quality;
}

/** What a failed poll says; empty for one that succeeded. */
export function messageOf({ outcome }: StatusPoll): string {
  if (outcome.kind === "failure") {
    return outcome.failure.message;
  }
  return outcome.reading.quality === "invalid" ? outcome.reading.message : "";
}
