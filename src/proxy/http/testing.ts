/** What several specs of the HTTP server share. */
import { type Clusters, errorSchema, type Summary } from "../../contract/api.ts";
import type { Span } from "../../upgrade/span.ts";
import type { NoteBook } from "../history/notes.ts";
import type { Log } from "../log.ts";
import type { PassBook } from "../passes/passBook.ts";
import { type AppDependencies, createApp } from "./app.ts";
import { bodyOf } from "./body.ts";
import { type Doorkeeper, openDoorkeeper } from "./entrance/doorkeeper.ts";
import type { BucketSize } from "./entrance/tokenBuckets.ts";
import type { FleetView } from "./fleetView.ts";
import { openIndex } from "./indexPage.ts";
import type { Pages } from "./pages.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { ViewerRules } from "./viewers.ts";

export const now = Date.parse("2026-11-23T12:00:00.000Z");

export const summary: Summary = {
  id: "lon",
  name: "London",
  clusterName: null,
  labels: { site: "london" },
  zone: "Europe/London",
  simulated: false,
  observedAt: now - 500,
  ageMs: 500,
  intervalMs: 1000,
  staleAfterMs: 3000,
  node: "https://10.20.0.11:8000",
  latencyMs: 12,
  nodes: [],
  link: "answering",
  linkSince: now - 60_000,
  state: "UPGRADE_STATE_PREPARING",
  progress: 37.5,
  stateSince: now - 60_000,
  stateSinceExact: true,
  upgradeType: "SOFTWARE_ONLY",
  targetVersion: "7.9.0.2",
  fromVersion: "7.8.0",
  runningVersion: "7.8.0",
  reboot: null,
  blocked: null,
  errorInfo: null,
  verdict: "running",
  attention: "none",
  headline: "Preparing",
  detail: "It prepares.",
  eta: null,
  etaWhole: null,
  afterCommit: null,
  notices: [],
  run: { from: now - 60_000, to: null },
  revision: "r1",
  nextPollInMs: 500,
  runbook: null,
  contact: null,
  ticket: null,
  windowEnd: null,
  window: null,
};

export const clusters: Clusters = {
  now,
  build: "b1",
  simulated: false,
  notices: [],
  clusters: [summary],
  nextPollInMs: 500,
};

/** So many spans of one poll each, a second apart, the last at {@link now}. */
export function spans(count: number): Span[] {
  return Array.from({ length: count }, (_, index) => {
    const at = now - (count - 1 - index) * 1000;
    return {
      kind: "status",
      from: at,
      to: at,
      polls: 1,
      node: "https://10.20.0.11:8000",
      version: "7.8.0",
      status: {
        state: "UPGRADE_STATE_PREPARING",
        progress: index % 100,
        settings: null,
        error_info: null,
      },
    };
  });
}

/** A view on one cluster with a history of three spans. */
export const view: FleetView = {
  isReady: () => true,
  clusters: () => clusters,
  status: (id) => (id === "lon" ? { ...summary, now, build: "b1", status: null } : undefined),
  history: async (id) => (id === "lon" ? { now, revision: "r1", spans: spans(3) } : undefined),
  lanes: async (from) => ({
    now,
    lanes: [
      { id: "lon", segments: [{ kind: "state", state: "UPGRADE_STATE_IDLE", from, to: now }] },
    ],
  }),
  runs: () => ({ runs: { now, complete: true, left: 0, runs: [] }, revision: "r1" }),
  run: async (id) => ({ kind: id === "lon" ? "unknown-run" : "unknown-cluster" }),
  replay: {
    clusters: async () => ({ kind: "too-early" }),
    status: async () => ({ kind: "too-early" }),
    history: async () => ({ kind: "too-early" }),
  },
  curves: async (id) => ({ kind: id === "lon" ? "unknown-run" : "unknown-cluster" }),
};

/** A log that nobody reads. */
export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A page of two files. */
const pages = {
  index: openIndex({
    html: "<html>index</html>",
    basePath: "/",
    textOf: () => undefined,
    manifest: {},
  }),
  files: new Map([
    [
      "assets/a-1.js",
      { body: bodyOf("x".repeat(5000), "lasting"), type: "text/javascript", compressible: true },
    ],
  ]),
};

const noNotes: NoteBook = {
  read: async () => ({ notes: [], unreadable: 0 }),
  add: async ({ note }) => ({ kind: "kept", note }),
  withdraw: async () => ({ kind: "unknown" }),
};

const noPasses: PassBook = { open: async () => null, holder: async () => null };

/** What a spec wants to be different. */
export type Changes = {
  view?: Partial<FleetView>;
  notes?: NoteBook;
  server?: Partial<AppDependencies["server"]>;
  viewers?: ViewerRules;
  doorkeeper?: Doorkeeper;
  passes?: PassBook;
  log?: Log;
  steadyNow?: () => number;
  flood?: BucketSize;
  pages?: Pages;
  now?: EpochMs;
};

/** A doorkeeper as a spec wants it. */
export function doorkeeper(changes: Pick<Changes, "passes" | "steadyNow" | "flood"> = {}) {
  const { passes = noPasses, steadyNow = () => performance.now(), flood } = changes;
  return openDoorkeeper({
    passes,
    instance: "test",
    steadyNow,
    ...(flood === undefined ? {} : { flood }),
  });
}

/** The application as it is served on 127.0.0.1:4600. */
export function app(changes: Changes = {}) {
  const served = createApp({
    view: { ...view, ...changes.view },
    notes: changes.notes ?? noNotes,
    pages: changes.pages ?? pages,
    server: {
      host: "127.0.0.1",
      hosts: ["watch.example"],
      basePath: "/",
      frameAncestors: [],
      tls: null,
      ...changes.server,
    },
    viewers: changes.viewers ?? { kind: "open" },
    doorkeeper: changes.doorkeeper ?? doorkeeper(changes),
    version: "1.2.3",
    metrics: async () => "upgrade_watch_simulated 0\n",
    log: changes.log ?? silent,
    now: () => changes.now ?? now,
  });
  return {
    fetch: served.fetch,
    routes: served.routes,
    request: (url: string, init: RequestInit = {}, remoteAddress = "127.0.0.1") =>
      served.request(url, init, { incoming: { socket: { remoteAddress } } }),
  };
}

/** Asks the application for one path. */
export async function get(
  path: string,
  headers: Record<string, string> = {},
  changes: Changes = {},
) {
  return app(changes).request(`http://127.0.0.1:4600${path}`, { headers });
}

/** The error in an answer. */
export async function errorOf(response: Response) {
  return errorSchema.parse(await response.json()).error;
}
